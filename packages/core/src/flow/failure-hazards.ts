import type { FunctionInfo } from '../project/index.ts';
import type { Expr } from '../syntax/index.ts';
import type { CallGraph } from './call-graph.ts';
import type { ExceptionRef } from './exceptions.ts';
import { failureHook } from './failure-hooks.ts';
import { retriedBlock } from './retried-block.ts';
import { retryOption } from './retries.ts';
import type { Hazard } from './verdict.ts';

/** How far up the call graph a retry or a hook is looked for. */
const MAX_FUNCTIONS = 40;

/**
 * What runs only because an exception leaves a function, or those that call it: another try, and what undoes a failed task.
 * `at`: where in the function it is raised.
 */
export function failureHazards(
  graph: CallGraph,
  fn: FunctionInfo,
  thrown: ExceptionRef,
  at: Expr | null = null,
): readonly Hazard[] {
  const around = callersAbove(graph, fn);
  return [
    retryHazard(at === null ? null : retriedBlock(fn.body, at), '') ??
      firstOf(around, (at, of) => retryHazard(retryOption(graph, at, thrown), of)),
    firstOf(around, (at, of) => hookHazard(failureHook(graph, at), of)),
  ].filter((hazard) => hazard !== null);
}

/** The function itself, and those that lead to it, nearest first. */
function callersAbove(graph: CallGraph, fn: FunctionInfo): readonly FunctionInfo[] {
  const seen = new Set([fn]);
  for (const at of seen)
    if (seen.size < MAX_FUNCTIONS) for (const edge of graph.callers(at)) seen.add(edge.place.fn);
  return [...seen];
}

function firstOf(
  functions: readonly FunctionInfo[],
  hazard: (at: FunctionInfo, of: string) => Hazard | null,
): Hazard | null {
  for (const at of functions) {
    const found = hazard(at, at === functions[0] ? '' : ` of \`${at.name}\``);
    if (found !== null) return found;
  }
  return null;
}

function retryHazard(option: string | null, of: string): Hazard | null {
  const retries = option?.startsWith('**') === true ? 'may retry' : 'retries';
  const why = `\`${option ?? ''}\`${of} ${retries} on the exception: a row that commits a moment later would no longer be found`;
  return option === null ? null : { kind: 'retry', why };
}

function hookHazard(hook: string | null, of: string): Hazard | null {
  const why = `\`${hook ?? ''}\`${of} runs when the task fails, and would no longer`;
  return hook === null ? null : { kind: 'failure-hook', why };
}
