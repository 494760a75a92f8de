import type { FunctionInfo } from '../project/index.ts';
import { dottedName, type Expr } from '../syntax/index.ts';
import { cameFrom } from './asked-relation.ts';
import type { CallEdge, CallGraph } from './call-graph.ts';
import type { FoundLookup } from './find-lookups.ts';
import { outsideTests } from './test-code.ts';
import type { Guard } from './verdict.ts';

/**
 * Why `self.order` of a method is there: everybody who calls it has come to its row from an order, by the foreign key that the
 * relation leads back over. Null when somebody has not.
 */
export function reachedBack(graph: CallGraph, { expr, form, place: { fn } }: FoundLookup): Guard | null {
  if (form !== 'reverse-one-to-one' || expr.kind !== 'Attribute' || !isOwn(expr.value, fn)) return null;
  const edges = outsideTests(graph.callers(fn), fn.path);
  const from = edges.map((edge) => {
    const on = receiverOf(edge);
    return on === null ? null : cameFrom(graph.program, on, expr.attr, edge.place.fn);
  });
  const [first] = from;
  const path = edges[0]?.place.fn.path;
  if (first == null || path === undefined || from.includes(null)) return null;
  const detail = `\`${expr.attr}\` leads back to \`${dottedName(first) ?? ''}\`, which every caller comes from`;
  return { kind: 'loaded', path, span: first, detail };
}

function isOwn(value: Expr, { isMethod, params }: FunctionInfo): boolean {
  return isMethod && value.kind === 'Name' && value.id === params[0]?.name;
}

/** What a method is called on, or a property is read of. */
function receiverOf({ kind, expr }: CallEdge): Expr | null {
  if (kind === 'property' && expr.kind === 'Attribute') return expr.value;
  return kind === 'call' && expr.kind === 'Call' && expr.func.kind === 'Attribute' ? expr.func.value : null;
}
