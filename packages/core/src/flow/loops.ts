import type { FunctionInfo } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import type { Expr } from '../syntax/index.ts';

/** What the loops that bind a name run over. */
export function loopsOf(name: Extract<Expr, { kind: 'Name' }>, fn: FunctionInfo): readonly Expr[] {
  let hidden = false;
  const loops: Expr[] = [];
  for (const { start, end, bindings } of fn.inner) {
    if (name.start < start || end < name.end) continue;
    for (const binding of bindings) {
      if (binding.name !== name.id) continue;
      hidden = true;
      if (binding.source.kind === 'for') loops.push(binding.source.iter);
    }
  }
  if (hidden) return loops;
  const bindings = fn.scope.bindings.get(name.id) ?? [];
  if (!bindings.some(({ source }) => source.kind === 'for')) return [];
  return reaching(bindings, name.start).flatMap(({ source }) => (source.kind === 'for' ? [source.iter] : []));
}
