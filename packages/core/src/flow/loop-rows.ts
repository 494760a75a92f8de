import type { FunctionInfo } from '../project/index.ts';
import type { Expr } from '../syntax/index.ts';
import { bindingsAt } from './bindings-at.ts';

/** What the loop or comprehension goes through that gives a name its values; empty where anything else gives it one. */
export function loopRows(name: Extract<Expr, { kind: 'Name' }>, fn: FunctionInfo): readonly Expr[] {
  const all = bindingsAt(name, fn);
  return all.length === 1
    ? all.flatMap(({ source }) => (source.kind === 'for' && source.steps.length === 0 ? [source.iter] : []))
    : [];
}
