import type { FunctionInfo } from '../project/index.ts';
import { argumentsOf } from './arguments.ts';
import type { CallGraph } from './call-graph.ts';
import { outsideTests } from './test-code.ts';
import type { Valued } from './values.ts';

/** What everybody who calls a function gives for a parameter; empty where nobody does, or one gives it in a way that the text does not tell. */
export function givenByAll(graph: CallGraph, fn: FunctionInfo, param: string): readonly Valued[] {
  const edges = outsideTests(graph.callers(fn), fn.path);
  const given = edges.flatMap(({ kind, expr, place }) =>
    kind === 'call' && expr.kind === 'Call' ? (argumentsOf(fn, expr, place.fn).get(param) ?? []) : [],
  );
  return given.length === edges.length ? given : [];
}
