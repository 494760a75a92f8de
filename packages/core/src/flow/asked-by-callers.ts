import { reaching } from '../scope/index.ts';
import { enclosingStmts, type Expr, type Stmt } from '../syntax/index.ts';
import { givenBy } from './arguments.ts';
import { isUnchanged } from './asked-already.ts';
import { asGet, asksModel } from './asked-by-call.ts';
import type { CallEdge, CallGraph } from './call-graph.ts';
import type { Fate } from './escape.ts';
import type { FoundLookup } from './find-lookups.ts';
import { ranBefore } from './ran-before.ts';
import { wordsOf } from './same-words.ts';

/**
 * True where everybody who calls the function and lets its exception through has asked for the very row before, and ended without it:
 * `order = Order.objects.get(pk=order_id)`, then `mark_failed(order_id)`.
 */
export function askedByCallers(graph: CallGraph, lookup: FoundLookup, key: Expr | null, fate: Fate): boolean {
  const { expr, form, place } = lookup;
  const [asked, other] = expr.kind === 'Call' ? expr.args : [];
  if (form !== 'get' || key?.kind !== 'Name' || asked?.value !== key || other !== undefined) return false;
  const bindings = reaching(place.fn.scope.bindings.get(key.id) ?? [], key.start);
  if (bindings.length === 0 || !bindings.every(({ source }) => source.kind === 'param')) return false;
  const { openEdges } = fate;
  const ask = { lookup, param: key.id, column: asked.name };
  return (
    openEdges.length > 0 &&
    openEdges.every((edge) => edge.place.fn !== place.fn && hasAsked(graph, edge, ask))
  );
}

function hasAsked(
  graph: CallGraph,
  edge: CallEdge,
  {
    lookup,
    param,
    column,
  }: { readonly lookup: FoundLookup; readonly param: string; readonly column: string | null },
): boolean {
  const { expr, place } = edge;
  const given = givenBy(graph.program, edge, lookup.place.fn, param);
  if (given === null || given.fn !== place.fn || given.expr.kind === 'Constant') return false;
  const wanted = wordsOf(given.expr);
  const before = ranBefore(place.fn.body, expr);
  return graph.sites.of(place.fn).some((site) => {
    if (site.kind !== 'call') return false;
    const call = asGet(site.expr);
    const [only, other] = call.args;
    return (
      only !== undefined &&
      other === undefined &&
      only.name === column &&
      wordsOf(only.value) === wanted &&
      asksModel(graph, call, place.fn, lookup) &&
      before.some((stmt) => stmt.start <= call.start && call.end <= stmt.end && alone(stmt, call)) &&
      isUnchanged(given.expr, call, place.fn)
    );
  });
}

/** No test and no `try` stands between a statement and the call in it. */
export function alone(stmt: Stmt, call: Expr): boolean {
  return enclosingStmts([stmt], call)
    .slice(0, -1)
    .every(({ kind }) => kind === 'With');
}
