import type { FunctionInfo, Program } from '../project/index.ts';
import type { Call, Expr } from '../syntax/index.ts';
import { valuesOf } from './values.ts';

/** Calls whose result runs their first argument when it is called. */
const CARRIERS = new Set([
  'partial',
  'staticmethod',
  'async_to_sync',
  'sync_to_async',
  'database_sync_to_async',
]);

/** The function of `partial(f, ...)` and the like; null for other calls. */
export function partialOf(expr: Expr): Expr | null {
  const name =
    expr.kind !== 'Call'
      ? null
      : expr.func.kind === 'Name'
        ? expr.func.id
        : expr.func.kind === 'Attribute'
          ? expr.func.attr
          : null;
  return expr.kind === 'Call' && name !== null && CARRIERS.has(name) ? (expr.args[0]?.value ?? null) : null;
}

/** The `partial(...)` that a called expression is, or that a name for it was assigned; null when it is none. */
export function partialCall(
  program: Program,
  func: Expr,
  fn: FunctionInfo,
): { readonly call: Call; readonly fn: FunctionInfo } | null {
  const values = func.kind === 'Call' ? [{ expr: func, fn }] : valuesOf(program, func, fn);
  for (const { expr, fn: home } of values)
    if (expr.kind === 'Call' && partialOf(expr) !== null) return { call: expr, fn: home };
  return null;
}
