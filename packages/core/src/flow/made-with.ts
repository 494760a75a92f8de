import { type CallSite, type FunctionInfo, parts, type Program, sitesOf } from '../project/index.ts';
import type { CallGraph } from './call-graph.ts';
import type { Fact } from './narrow-state.ts';
import { onlyValue } from './only-value.ts';

/** Methods that leave a row behind. */
const MAKES = /^a?(create|get_or_create|update_or_create)$/;

/**
 * True for `order.latest_version` right behind `order = Order.from_upload(upload)`: a function of the program made the order, and, itself
 * or in a function that it calls, a row of the wanted model, too.
 */
export function isMadeWith(graph: CallGraph, { source, by, model }: Fact, fn: FunctionInfo): boolean {
  const getter = source.kind === 'Call' ? source.func : source;
  const row = getter.kind === 'Attribute' && getter.value.kind === 'Name' ? getter.value : null;
  const made = by !== 'getter' || model === null || row === null ? null : onlyValue(row, fn);
  if (made?.kind !== 'Call' || model === null || row === null) return false;
  const makers = parts(graph.program.infer.expr(made.func, fn)).flatMap((type) =>
    type.t === 'function' ? [type.fn] : [],
  );
  const own = parts(graph.program.infer.expr(row, fn)).flatMap((type) =>
    type.t === 'row' ? (type.model.name ?? []) : [],
  );
  return (
    makers.length > 0 &&
    own.length > 0 &&
    makers.every((maker) => own.some((name) => makesIn(graph, maker, name)) && makesIn(graph, maker, model))
  );
}

/** The function makes a row of the model, or one that it calls does. */
function makesIn(graph: CallGraph, fn: FunctionInfo, model: string): boolean {
  const sites = callsOf(fn);
  const isMade = (site: CallSite): boolean => makes(graph.program, site, model);
  return (
    sites.some(isMade) ||
    sites.some((site) => graph.callees(site).some((callee) => callsOf(callee).some(isMade)))
  );
}

function callsOf(fn: FunctionInfo): readonly CallSite[] {
  return sitesOf(fn).flatMap((site) => (site.kind === 'call' ? [site] : []));
}

function makes(program: Program, { expr: { func }, place }: CallSite, model: string): boolean {
  const target = func.kind === 'Attribute' && MAKES.test(func.attr) ? func.value : func;
  return parts(program.infer.expr(target, place.fn)).some((type) =>
    type.t === 'manager' || type.t === 'queryset'
      ? target !== func && type.rows.model.name === model
      : type.t === 'model' && target === func && type.model.name === model,
  );
}
