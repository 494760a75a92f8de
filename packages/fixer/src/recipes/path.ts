import { childExprs, type Expr, type Span, type Stmt, stmtExprs } from '@danglint/core';

/** The expressions from a statement's own one down to the one at a place; `call`: only a call will do. */
export function pathTo(stmt: Stmt, wanted: Span, call: boolean): readonly Expr[] | null {
  for (const root of stmtExprs(stmt)) {
    const path = descend(root, wanted, call);
    if (path !== null) return path;
  }
  return null;
}

function descend(expr: Expr, wanted: Span, call: boolean): readonly Expr[] | null {
  if (expr.start > wanted.start || expr.end < wanted.end) return null;
  if (expr.start === wanted.start && expr.end === wanted.end && (expr.kind === 'Call' || !call))
    return [expr];
  for (const child of childExprs(expr)) {
    const path = descend(child, wanted, call);
    if (path !== null) return [expr, ...path];
  }
  return null;
}
