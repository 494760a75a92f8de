import type { FunctionInfo } from '../project/index.ts';
import type { Stmt } from '../syntax/index.ts';
import type { CallEdge, CallGraph } from './call-graph.ts';
import type { EntryPoints } from './entry.ts';
import { failureHazards } from './failure-hazards.ts';
import { taskResultRead } from './task-results.ts';
import { writtenBefore } from './transaction.ts';
import type { EntryKind } from './verdict.ts';

/** Entry points whose result nobody reads. */
export const RUNS_ALONE: ReadonlySet<EntryKind> = new Set(['task', 'receiver', 'consumer', 'thread']);

/**
 * True when every caller is a task or the like that calls the function last: nothing goes on as if the function had done its
 * work. Callers that would try again, or that somebody waits for, do not count.
 */
export function calledLast(graph: CallGraph, entries: EntryPoints, fn: FunctionInfo): boolean {
  const callers = graph.callers(fn);
  return callers.length > 0 && callers.every((edge) => endsWith(graph, entries, edge));
}

/** True for a call at the end of a task or the like. */
export function endsWith(graph: CallGraph, entries: EntryPoints, { kind, place, expr }: CallEdge): boolean {
  const { fn, stmt } = place;
  return (
    kind === 'call' &&
    stmt.kind === 'ExprStmt' &&
    stmt.value === expr &&
    RUNS_ALONE.has(entries.of(fn) ?? 'uncalled') &&
    graph.callers(fn).length === 0 &&
    failureHazards(graph, fn, { kind: 'missing', model: null }).length === 0 &&
    !taskResultRead(graph, fn) &&
    isLast(fn.body, stmt) &&
    writtenBefore(graph, { expr, place }) === null
  );
}

/** True for the last statement of a body, or the last one of a branch of its last statement. */
function isLast(body: readonly Stmt[], stmt: Stmt): boolean {
  const last = body.at(-1);
  if (last === stmt) return true;
  return last?.kind === 'If' && (isLast(last.body, stmt) || isLast(last.orelse, stmt));
}
