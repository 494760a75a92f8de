import { type FunctionInfo, parts } from '../project/index.ts';
import type { CallEdge, CallGraph } from './call-graph.ts';
import type { EntryPoints } from './entry.ts';
import { endsWith, RUNS_ALONE } from './last-call.ts';
import { outsideTests } from './test-code.ts';

/**
 * Who calls a task at once, as a plain function, by what may name a row that is gone: a command, a view. It waits for the work, and would
 * go on as if that were done. Null when nobody does.
 */
export function goesOn(graph: CallGraph, entries: EntryPoints, fn: FunctionInfo): string | null {
  if (!RUNS_ALONE.has(entries.of(fn) ?? 'uncalled')) return null;
  const edge = outsideTests(graph.callers(fn), fn.path).find(
    (one) =>
      one.kind === 'call' &&
      one.place.fn !== fn &&
      !endsWith(graph, entries, one) &&
      !RUNS_ALONE.has(entries.of(one.place.fn) ?? 'uncalled') &&
      !givesRow(graph, one),
  );
  return edge === undefined ? null : edge.place.fn.qualname;
}

/** `send(order.pk)` of a row at hand. */
function givesRow({ program }: CallGraph, { expr, place }: CallEdge): boolean {
  return (
    expr.kind === 'Call' &&
    expr.args.some(
      ({ value }) =>
        value.kind === 'Attribute' &&
        (/^(id|pk)$/.test(value.attr) ||
          parts(program.infer.expr(value.value, place.fn)).some(({ t }) => t === 'row')),
    )
  );
}
