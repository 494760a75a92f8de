import type { Program } from '../project/index.ts';
import type { Attribute, Expr } from '../syntax/index.ts';
import type { CallEdge } from './call-graph.ts';
import { isOfDeleted } from './deleted-before.ts';
import type { FoundLookup } from './find-lookups.ts';
import { isPlainKey, plainColumn } from './key.ts';
import type { Origins } from './origins.ts';
import { setOnRequest } from './set-on-request.ts';
import type { Origin } from './verdict.ts';

/**
 * The origin of a key that was passed on, the first of several, when each is a constrained column of a row at hand, or the row's own
 * value of the column that is asked by, in the calls that let the exception through (`edges`). Columns read in place are judged by `guarantee`, but for what the program put on the request
 * or an `__init__` has just set.
 */
export function parentOrigin(
  program: Program,
  origins: Origins,
  found: FoundLookup,
  key: Expr | null,
  edges: readonly CallEdge[],
): Origin | null {
  const column = plainColumn(found);
  if (key === null || column === null) return null;
  if (isOfDeleted(key, found)) return null;
  if (key.kind === 'Attribute' && setOnRequest(program, key).length === 0 && !isNewlySet(key, found))
    return null;
  const isThere = (origin: Origin): boolean =>
    isPlainKey(found)
      ? origins.pointsAt(origin)?.key === found.model.key
      : found.rows?.related === false && origins.isValueOf(origin, found.model, column);
  const all = origins.of(key, found.place.fn, edges);
  return all.every(isThere) ? (all[0] ?? null) : null;
}

/** `self.order_id` in the `__init__` that sets it: what the caller gave a moment ago. */
function isNewlySet({ value }: Attribute, { place: { fn } }: FoundLookup): boolean {
  return fn.name === '__init__' && fn.isMethod && value.kind === 'Name' && value.id === fn.params[0]?.name;
}
