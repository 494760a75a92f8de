import type { ComprehensionFor, Expr } from '../expr.ts';
import { fitted } from '../fitted.ts';
import type { ExpressionParser } from './expression.ts';
import { parseTargets } from './target.ts';
import * as t from './token.ts';

const NO_CONDITIONS: readonly Expr[] = [];

/** The `for ... in ... if ...` clauses of a comprehension. */
export function parseGenerators(p: ExpressionParser): readonly ComprehensionFor[] {
  const out: ComprehensionFor[] = [];
  while (p.kind === t.FOR || p.kind === t.ASYNC) {
    p.eat(t.ASYNC);
    p.expect(t.FOR);
    const target = parseTargets(p);
    p.expect(t.IN);
    const iter = p.operators(t.OR_POWER);
    out.push({ target, iter, ifs: p.kind === t.IF ? conditions(p) : NO_CONDITIONS });
  }
  return fitted(out);
}

function conditions(p: ExpressionParser): readonly Expr[] {
  const out: Expr[] = [];
  while (p.eat(t.IF)) out.push(p.operators(t.OR_POWER));
  return fitted(out);
}
