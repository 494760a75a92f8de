import type { ModelRef } from '../project/index.ts';
import type { Expr } from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';
import type { Origins } from './origins.ts';
import type { Origin } from './verdict.ts';

/**
 * `Contact.objects.get(registry_id=contact.registry_id)`: a column of the asked model itself refers to no other row, whatever its
 * name says.
 */
export function ownOrigins(
  origins: Origins,
  { expr, rows, model }: FoundLookup,
  key: Expr,
  found: readonly Origin[],
): readonly Origin[] {
  const calls = [...(rows?.chain ?? []).map(({ call }) => call), ...(expr.kind === 'Call' ? [expr] : [])];
  const column = calls.flatMap(({ args }) => args.filter(({ value }) => value === key))[0]?.name;
  if (column == null) return found;
  return maybeMissing(origins, model, column, found).map((origin) =>
    origin.kind === 'soft-reference' && origins.isValueOf(origin, model, column.replace(/__exact$/, ''))
      ? { ...origin, kind: 'row', detail: `\`${column}\` of a \`${model.name ?? 'row'}\` row` }
      : origin,
  );
}

/** Of several origins of an id, those that may name a row that is not there, when others name one that is for certain. */
function maybeMissing(
  origins: Origins,
  model: ModelRef,
  column: string,
  found: readonly Origin[],
): readonly Origin[] {
  if (!/^(pk|id)(__exact)?$/.test(column)) return found;
  const doubtful = found.filter((origin) => origins.pointsAt(origin)?.key !== model.key);
  return doubtful.length > 0 ? doubtful : found;
}
