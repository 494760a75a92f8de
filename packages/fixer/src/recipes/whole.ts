import { childExprs, type Expr, stmtExprs, walkExpr } from '@danglint/core';
import type { Place } from './place.ts';
import { isQuiet } from './purity.ts';

/**
 * Whether a `try` may hold the whole statement, of which the lookup is a part that cannot be moved: not when other calls
 * in it could raise the same. `doubts` is empty when nothing else in it can.
 */
export function wholeStatement(
  { stmt, path }: Place,
  barrier: string,
): { readonly doubts: readonly string[] } | { readonly reason: string } {
  if (
    stmt.kind !== 'Assign' &&
    stmt.kind !== 'ExprStmt' &&
    stmt.kind !== 'Return' &&
    stmt.kind !== 'AugAssign'
  )
    return { reason: barrier };
  const above = path.slice(0, -1);
  if (above.some(({ kind }) => kind === 'Lambda' || kind === 'GeneratorExp' || kind.endsWith('Comp')))
    return { reason: barrier };
  const others = [...stmtExprs(stmt), ...above.flatMap(childExprs)].filter((expr) => !path.includes(expr));
  if (above.some(({ kind }) => kind === 'Call' || kind === 'Yield') || others.some(runsCode)) {
    return { reason: `${barrier}, and other calls of its statement would run inside the try` };
  }
  const quiet =
    others.every(isQuiet) && above.every(({ kind }) => kind !== 'Attribute' && kind !== 'Subscript');
  return { doubts: quiet ? [] : ['other parts of the statement would run inside the try'] };
}

function runsCode(expr: Expr): boolean {
  let runs = false;
  walkExpr(expr, ({ kind }) => {
    runs ||= kind === 'Call' || kind === 'Await' || kind === 'Yield';
  });
  return runs;
}
