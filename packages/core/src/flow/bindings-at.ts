import type { FunctionInfo } from '../project/index.ts';
import { type Binding, reaching } from '../scope/index.ts';
import type { Expr } from '../syntax/index.ts';

/** What may have bound a name where it stands: a comprehension or lambda around it, else what reaches it in the function. */
export function bindingsAt(
  name: Extract<Expr, { kind: 'Name' }>,
  fn: FunctionInfo,
): readonly Pick<Binding, 'source'>[] {
  const inner = fn.inner
    .filter((scope) => scope.start <= name.start && name.end <= scope.end)
    .flatMap((scope) => scope.bindings.filter((binding) => binding.name === name.id));
  return inner.length > 0 ? inner : reaching(fn.scope.bindings.get(name.id) ?? [], name.start);
}
