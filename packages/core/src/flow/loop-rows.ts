import type { FunctionInfo } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import type { Expr } from '../syntax/index.ts';

/** What the loop or comprehension goes through that gives a name its values; empty where anything else gives it one. */
export function loopRows(name: Extract<Expr, { kind: 'Name' }>, fn: FunctionInfo): readonly Expr[] {
  const inner = fn.inner
    .filter((scope) => scope.start <= name.start && name.end <= scope.end)
    .flatMap((scope) => scope.bindings.filter((binding) => binding.name === name.id));
  const all = inner.length > 0 ? inner : reaching(fn.scope.bindings.get(name.id) ?? [], name.start);
  return all.length === 1
    ? all.flatMap(({ source }) => (source.kind === 'for' && source.steps.length === 0 ? [source.iter] : []))
    : [];
}
