import { ENTRY_CALLS } from '../django/index.ts';
import { argumentFor, type FunctionInfo, sitesOf } from '../project/index.ts';
import { isBound } from './bound.ts';
import { isDetached } from './boundaries.ts';
import { lastName, type Reference } from './site-table.ts';

/**
 * True for a function that one of `callees` is given and hands on to a queue of tasks: `start_report(build, ...)` of
 * `def start_report(handler, ...): async_task(handler, ...)`.
 */
export function handedToQueue(
  callees: readonly FunctionInfo[],
  { argumentOf: call, argument }: Reference,
): boolean {
  for (const callee of callees) {
    const offset = isBound(callee) ? 1 : 0;
    const param = callee.params.find((one, i) => argumentFor(call, one, i - offset) === argument);
    if (param === undefined) continue;
    for (const site of sitesOf(callee)) {
      if (site.kind !== 'call' || !isDetached(site.expr)) continue;
      const handed = site.expr.args.some(({ value }) => value.kind === 'Name' && value.id === param.name);
      if (handed && ENTRY_CALLS.get(lastName(site.expr.func) ?? '') === 'task') return true;
    }
  }
  return false;
}
