import type { CallSite, Place } from '../project/index.ts';
import type { Expr } from '../syntax/index.ts';
import { argumentsOf } from './arguments.ts';
import type { CallGraph } from './call-graph.ts';

const MAX_STEPS = 3;
const MAX_CALLEES = 8;

/** A place at which a callee runs a function that it was given. */
export interface Run {
  readonly place: Place;
  readonly at: Expr;
}

/**
 * The ways in which a call runs a function that one of its arguments hands it: each the places that the function's exceptions
 * pass there, innermost first. Empty when the text does not show that it runs.
 */
export function runsOf(
  graph: CallGraph,
  call: CallSite,
  handed: Expr,
  steps = 0,
): readonly (readonly Run[])[] {
  if (steps > MAX_STEPS) return [];
  return graph
    .callees(call)
    .slice(0, MAX_CALLEES)
    .flatMap((callee) => {
      const given = [...argumentsOf(callee, call.expr, call.place.fn)].find(
        ([, value]) => value.expr === handed,
      );
      if (given === undefined) return [];
      const isGiven = (expr: Expr): boolean => expr.kind === 'Name' && expr.id === given[0];
      return graph.sites.of(callee).flatMap((site): (readonly Run[])[] => {
        if (site.kind !== 'call') return [];
        const run = { place: site.place, at: site.expr };
        if (isGiven(site.expr.func)) return [[run]];
        const passed = site.expr.args.find((arg) => isGiven(arg.value));
        return passed === undefined
          ? []
          : runsOf(graph, site, passed.value, steps + 1).map((inner) => [...inner, run]);
      });
    });
}
