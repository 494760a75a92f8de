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
  return found.map((origin) =>
    origin.kind === 'soft-reference' && origins.isValueOf(origin, model, column.replace(/__exact$/, ''))
      ? { ...origin, kind: 'row', detail: `\`${column}\` of a \`${model.name ?? 'row'}\` row` }
      : origin,
  );
}
