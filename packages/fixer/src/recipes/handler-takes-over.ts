import {
  type FunctionDef,
  type Handler,
  opensScope,
  type Stmt,
  stmtExprs,
  type Try,
  walkExpr,
  walkStmts,
} from '@danglint/core';
import { boundNames } from '../build/names.ts';
import { mentionsName } from './handler.ts';
import { readAfter } from './host-names.ts';
import type { Place } from './place.ts';

/**
 * True when a handler can answer an exception that is raised at a place of its `try`: it does not pass it on, and neither it nor the code that
 * it goes on with reads a name that the `try` has not set by then. `row` is the name that holds None there, which it must not read either.
 */
export function handlerTakesOver(place: Place, outer: Try, handler: Handler, row: string | null): boolean {
  const fn = place.functions.at(-1);
  if (fn === undefined || raisesAgain(handler)) return false;
  const reads = (name: string): boolean => handler.body.some((stmt) => mentionsName(stmt, name));
  if (row !== null && reads(row)) return false;
  const set = bindings(handler.body, () => true);
  const behind = (name: string): boolean => !leaves(handler.body) && readAfter(fn, outer, name);
  return [...unsetAt(fn, place, outer)].every(
    (name) => name === row || set.has(name) || (!reads(name) && !behind(name)),
  );
}

/** True for a handler that uses the exception which it catches. */
export function usesException({ name, body }: Handler): boolean {
  return name !== null && body.some((stmt) => mentionsName(stmt, name));
}

/** True for a block that ends by leaving. */
export function leaves(body: readonly Stmt[]): boolean {
  const last = body.at(-1)?.kind;
  return last === 'Return' || last === 'Raise' || last === 'Continue' || last === 'Break';
}

/** `raise`, `raise error`, also in an `if`. */
function raisesAgain({ name, body }: Handler): boolean {
  let found = false;
  walkStmts(
    body,
    (stmt) => {
      if (stmt.kind !== 'Raise') return;
      found ||= stmt.exc === null || (stmt.exc.kind === 'Name' && stmt.exc.id === name);
    },
    (stmt) => !opensScope(stmt),
  );
  return found;
}

/** Names that the `try` binds from a place on, and nothing of the function before it. */
function unsetAt(fn: FunctionDef, { stmt: at }: Place, outer: Try): ReadonlySet<string> {
  const before = bindings(fn.body, ({ start }) => start < at.start);
  for (const { name } of fn.params) before.add(name);
  const later = bindings(outer.body, ({ start }) => start >= at.start);
  return new Set([...later].filter((name) => !before.has(name)));
}

function bindings(body: readonly Stmt[], wanted: (stmt: Stmt) => boolean): Set<string> {
  const names = new Set<string>();
  walkStmts(
    body,
    (stmt) => {
      if (!wanted(stmt)) return;
      for (const name of boundNames(stmt)) names.add(name);
      for (const expr of stmtExprs(stmt))
        walkExpr(expr, (part) => part.kind === 'NamedExpr' && names.add(part.target.id));
    },
    (stmt) => !opensScope(stmt),
  );
  return names;
}
