import { type FunctionInfo, parts } from '../project/index.ts';
import type { Call, Expr } from '../syntax/index.ts';
import { givenBy } from './arguments.ts';
import { alone } from './asked-by-callers.ts';
import { isUnchanged } from './asked-already.ts';
import type { CallGraph } from './call-graph.ts';
import type { Fate } from './escape.ts';
import type { FoundLookup } from './find-lookups.ts';
import { hidesRows } from './hidden-rows.ts';
import { isPlainKey } from './key.ts';
import { sameModel } from './live-rows.ts';
import { ranBefore } from './ran-before.ts';
import { wordsOf } from './same-words.ts';

/** Methods that leave a row behind that names another. */
const WRITES = /^a?(create|get_or_create|update_or_create)$/;

/**
 * True behind a write of a row that names the asked one by a foreign key with a constraint: `Line.objects.create(order_id=order_id)` before
 * `Order.objects.get(pk=order_id)`, in the function itself or in each that calls it and lets the exception out. The database would have refused.
 */
export function writtenChild(
  graph: CallGraph,
  lookup: FoundLookup,
  key: Expr | null,
  { openEdges }: Fate,
): boolean {
  const { expr, place } = lookup;
  if (key === null || key.kind === 'Constant' || !isPlainKey(lookup) || hidesRows(graph.program, lookup.rows))
    return false;
  if (isWritten(graph, lookup, { key, at: expr, fn: place.fn })) return true;
  if (key.kind !== 'Name' || !place.fn.params.some(({ name }) => name === key.id)) return false;
  return (
    openEdges.length > 0 &&
    openEdges.every((edge) => {
      const given = edge.place.fn === place.fn ? null : givenBy(graph.program, edge, place.fn, key.id);
      return (
        given !== null &&
        given.fn === edge.place.fn &&
        isWritten(graph, lookup, { key: given.expr, at: edge.expr, fn: given.fn })
      );
    })
  );
}

function isWritten(
  graph: CallGraph,
  lookup: FoundLookup,
  { key, at, fn }: { readonly key: Expr; readonly at: Expr; readonly fn: FunctionInfo },
): boolean {
  const wanted = wordsOf(key);
  const before = ranBefore(fn.body, at);
  return graph.sites
    .of(fn)
    .some(
      (site) =>
        site.kind === 'call' &&
        site.expr.func.kind === 'Attribute' &&
        WRITES.test(site.expr.func.attr) &&
        before.some(
          (stmt) => stmt.start <= site.expr.start && site.expr.end <= stmt.end && alone(stmt, site.expr),
        ) &&
        names(graph, site.expr, wanted, { lookup, fn }) &&
        isUnchanged(key, site.expr, fn),
    );
}

/** The call writes a row whose foreign key with a constraint is given the key. */
function names(
  { program }: CallGraph,
  { func, args }: Call,
  wanted: string,
  { lookup, fn }: { readonly lookup: FoundLookup; readonly fn: FunctionInfo },
): boolean {
  const owners = func.kind === 'Attribute' ? parts(program.infer.expr(func.value, fn)) : [];
  return args.some(({ name, value }) => {
    if (name === null || wordsOf(value) !== wanted) return false;
    return owners.some((type) => {
      const cls = type.t === 'manager' || type.t === 'queryset' ? type.rows.model.cls : null;
      const field = cls === null ? null : program.models.field(cls, name.replace(/_id$/, ''));
      return (
        field?.constrained === true &&
        field.toField === null &&
        (field.kind === 'fk' || field.kind === 'o2o') &&
        field.target !== null &&
        sameModel(program, field.target, lookup.model)
      );
    });
  });
}
