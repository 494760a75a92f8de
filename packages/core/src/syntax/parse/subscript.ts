import type { Expr } from '../expr.ts';
import { fitted } from '../fitted.ts';
import type { ExpressionParser } from './expression.ts';
import { giveUp } from './give-up.ts';
import * as t from './token.ts';

/** The index of a subscript, from `[` to behind `]`. A comma or a star makes it a tuple. */
export function parseSubscript(p: ExpressionParser): Expr {
  p.advance();
  p.enter();
  const start = p.start;
  const first = item(p);
  let index = first;
  if (p.kind === t.COMMA || first.kind === 'Starred') {
    const elts = [first];
    while (p.eat(t.COMMA) && p.kind !== t.RSQB) elts.push(item(p));
    index = { kind: 'Tuple', start, end: p.lastEnd, elts: fitted(elts) };
  }
  p.expect(t.RSQB);
  p.leave();
  return index;
}

function item(p: ExpressionParser): Expr {
  const start = p.start;
  const parts: Expr[] = [];
  if (p.kind !== t.COLON) {
    const first = p.starOrNamed();
    if (p.kind !== t.COLON) return first;
    if (first.kind === 'Starred' || (first.kind === 'NamedExpr' && first.end === p.lastEnd)) giveUp();
    parts.push(first);
  }
  p.advance();
  if (hasPart(p)) parts.push(p.expression());
  if (p.eat(t.COLON) && hasPart(p)) parts.push(p.expression());
  return { kind: 'Slice', start, end: p.lastEnd, parts };
}

const hasPart = (p: ExpressionParser): boolean =>
  p.kind !== t.COLON && p.kind !== t.COMMA && p.kind !== t.RSQB;
