import type { FunctionInfo } from '../project/index.ts';
import type { Expr } from '../syntax/index.ts';
import { bindingsAt } from './bindings-at.ts';

/** What the loop or comprehension goes through that gives a name its values; empty where anything else gives it one. */
export function loopRows(name: Extract<Expr, { kind: 'Name' }>, fn: FunctionInfo): readonly Expr[] {
  const all = bindingsAt(name, fn);
  return all.length === 1
    ? all.flatMap(({ source }) => (source.kind === 'for' ? (itemsOf(source.iter, source.steps) ?? []) : []))
    : [];
}

/** What the items of `rows`, `rows.iterator()` and, one step in, `enumerate(rows)` come from. */
function itemsOf(iter: Expr, steps: readonly number[]): Expr | null {
  const { func, args } = iter.kind === 'Call' ? iter : { func: null, args: [] };
  const [step, deeper] = steps;
  if (func?.kind === 'Name' && func.id === 'enumerate' && args[0]?.star === 0)
    return step === 1 && deeper === undefined ? itemsOf(args[0].value, []) : null;
  if (step !== undefined) return null;
  return func?.kind === 'Attribute' && /^a?iterator$/.test(func.attr) ? func.value : iter;
}
