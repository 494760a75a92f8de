import type { Expr } from '../expr.ts';
import { fitted } from '../fitted.ts';
import type { ExpressionParser } from './expression.ts';
import { giveUp } from './give-up.ts';
import * as t from './token.ts';

/** What `for` and comprehensions assign to, up to their `in`. */
export function parseTargets(p: ExpressionParser): Expr {
  const start = p.start;
  const first = element(p);
  if (p.kind !== t.COMMA) return first.kind === 'Starred' ? giveUp() : checkTarget(first);
  const elts = [checkTarget(first)];
  while (p.eat(t.COMMA) && p.kind !== t.IN) elts.push(checkTarget(element(p)));
  return { kind: 'Tuple', start, end: p.lastEnd, elts: fitted(elts) };
}

/** What `with ... as` assigns to. */
export function parseTarget(p: ExpressionParser): Expr {
  return checkTarget(p.primary());
}

function element(p: ExpressionParser): Expr {
  if (p.kind !== t.STAR) return p.primary();
  const start = p.start;
  p.advance();
  const value = p.primary();
  return { kind: 'Starred', start, end: p.lastEnd, value };
}

/** Gives back an expression that can be assigned to, as CPython's grammar has it. */
export function checkTarget(expr: Expr): Expr {
  switch (expr.kind) {
    case 'Name':
    case 'Attribute':
    case 'Subscript':
      return expr;
    case 'Tuple':
    case 'List':
      for (const elt of expr.elts) checkTarget(elt);
      return expr;
    case 'Starred':
      if (expr.value.kind === 'Starred') giveUp();
      checkTarget(expr.value);
      return expr;
    default:
      return giveUp();
  }
}

/** As `checkTarget`, for targets that take one value: annotated and augmented ones. */
export function checkSingleTarget(expr: Expr): Expr {
  return expr.kind === 'Name' || expr.kind === 'Attribute' || expr.kind === 'Subscript' ? expr : giveUp();
}

/** As `checkTarget`, for `del`: nothing starred. */
export function checkDeleted(expr: Expr): Expr {
  if (expr.kind === 'Tuple' || expr.kind === 'List') {
    for (const elt of expr.elts) checkDeleted(elt);
    return expr;
  }
  return checkSingleTarget(expr);
}
