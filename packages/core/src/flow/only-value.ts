import type { FunctionInfo } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import type { Expr } from '../syntax/index.ts';

/** What the only assignment that reaches a name gave it; null where there are others, or it took a value apart. */
export function onlyValue(name: Extract<Expr, { kind: 'Name' }>, fn: FunctionInfo): Expr | null {
  const [only, other] = reaching(fn.scope.bindings.get(name.id) ?? [], name.start);
  return other === undefined && only?.source.kind === 'assign' && only.source.steps.length === 0
    ? only.source.value
    : null;
}
