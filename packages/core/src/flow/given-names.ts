import { type CallSite, type FunctionInfo, sitesOf } from '../project/index.ts';
import { targetNames } from '../scope/index.ts';
import { type Expr, opensScope, walkStmts } from '../syntax/index.ts';
import { loopsOf } from './callables.ts';

/** What the statements of a function's own body give to names, in the order of the text. */
export interface GivenNames {
  /** Names of other modules, with the names that imports give them here. */
  readonly aliases: readonly (readonly [original: string, alias: string])[];
  readonly values: readonly { readonly name: string; readonly value: Expr }[];
  /** Names of what loops give, and of entries of tables. */
  readonly entries: ReadonlySet<string>;
}

export function namesGiven(fn: FunctionInfo): GivenNames {
  const aliases: [string, string][] = [];
  const values: { name: string; value: Expr }[] = [];
  const entries = new Set<string>();
  const assign = (target: Expr, value: Expr): void => {
    for (const { name } of targetNames(target)) {
      values.push({ name, value });
      if (value.kind === 'Subscript' || isEntryCall(value)) entries.add(name);
    }
  };
  walkStmts(
    fn.body,
    (stmt) => {
      if (stmt.kind === 'Assign' && stmt.value !== null)
        for (const target of stmt.targets) assign(target, stmt.value);
      else if (stmt.kind === 'For') for (const { name } of targetNames(stmt.target)) entries.add(name);
      else if (stmt.kind === 'ImportFrom')
        for (const { name, as } of stmt.names) if (as !== null && as !== name) aliases.push([name, as]);
    },
    (stmt) => !opensScope(stmt),
  );
  for (const site of sitesOf(fn)) if (site.kind === 'named') assign(site.expr.target, site.expr.value);
  return { aliases, values, entries };
}

function isEntryCall(expr: Expr): boolean {
  return expr.kind === 'Call' && expr.func.kind === 'Attribute' && expr.func.attr === 'get';
}

/** True for a call whose callee has no name of its own: its function is found by looking at the table, not by name. */
export function isIndirect({ expr: { func }, place }: CallSite, entries: ReadonlySet<string>): boolean {
  if (func.kind === 'Subscript' || func.kind === 'Call') return true;
  if (func.kind !== 'Name') return false;
  if (entries.has(func.id)) return true;
  const within = place.deferred !== null || (place.loop !== null && 'generators' in place.loop);
  return within && loopsOf(func, place.fn).length > 0;
}
