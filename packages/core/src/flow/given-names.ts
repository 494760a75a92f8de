import { type CallSite, functionSites, type FunctionInfo } from '../project/index.ts';
import { targetNames } from '../scope/index.ts';
import { type Expr, isComprehension } from '../syntax/index.ts';
import { loopsOf } from './callables.ts';

/** Names of a function that stand for what loops give, and for entries of tables. */
export function entryNames(fn: FunctionInfo): ReadonlySet<string> {
  let names: Set<string> | null = null;
  for (const { target, value, by } of functionSites(fn).given) {
    if (by === 'assignment' && value.kind !== 'Subscript' && !isEntryCall(value)) continue;
    names ??= new Set();
    for (const { name } of targetNames(target)) names.add(name);
  }
  return names ?? NONE;
}

const NONE: ReadonlySet<string> = new Set();

function isEntryCall(expr: Expr): boolean {
  return expr.kind === 'Call' && expr.func.kind === 'Attribute' && expr.func.attr === 'get';
}

/** True for a call whose callee has no name of its own: its function is found by looking at the table, not by name. */
export function isIndirect({ expr: { func }, place }: CallSite, entries: ReadonlySet<string>): boolean {
  if (func.kind === 'Subscript' || func.kind === 'Call') return true;
  if (func.kind !== 'Name') return false;
  if (entries.has(func.id)) return true;
  const within = place.deferred !== null || (place.loop !== null && isComprehension(place.loop));
  return within && loopsOf(func, place.fn).length > 0;
}
