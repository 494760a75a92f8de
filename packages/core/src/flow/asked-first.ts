import { type Stmt, walkStmts } from '../syntax/index.ts';
import type { Fate } from './escape.ts';
import type { FoundLookup } from './find-lookups.ts';
import type { Guard } from './verdict.ts';
import { BEFORE } from './view-hooks.ts';
import { leavesEarly } from './written-if.ts';

/**
 * True in a getter of a view, which is told nothing, that `dispatch` or another hook of the view calls first and whose missing
 * row it answers by leaving: who calls the getter after that has seen the row.
 */
export function askedFirst({ place: { fn } }: FoundLookup, { answered }: Fate): boolean {
  const { cls } = fn;
  if (cls === null || !fn.isMethod || fn.params.length !== 1) return false;
  const hooks = new Map<string, readonly Stmt[]>(
    BEFORE.map((name) => [`${cls.qualname}.${name}`, cls.methods.get(name)?.body ?? []]),
  );
  return answered.some(({ guard, path }) => {
    const last = path.at(-1);
    const body = last?.path === fn.path ? hooks.get(last.function) : undefined;
    return body !== undefined && (guard.kind === 'converted' || leavesBy(body, guard));
  });
}

/** The handler that answers ends in a `return`. */
function leavesBy(body: readonly Stmt[], { span }: Guard): boolean {
  let leaves = false;
  walkStmts(body, (stmt) => {
    if (stmt.kind !== 'Try') return;
    leaves ||= stmt.handlers.some((handler) => handler.start === span.start && leavesEarly(handler.body));
  });
  return leaves;
}
