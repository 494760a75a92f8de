import { reaching } from '../scope/index.ts';
import type { Expr } from '../syntax/index.ts';
import { bindingsAt } from './bindings-at.ts';
import type { Fate } from './escape.ts';
import type { FoundLookup } from './find-lookups.ts';
import { isShort } from './short-entries.ts';
import { lastName } from './site-table.ts';

/**
 * True where a request goes through ids that SQL of the same function has read: `for row in cursor.fetchall():
 * Order.objects.get(id=row[0])`.
 */
export function isFetchedBySql(lookup: FoundLookup, key: Expr | null, fate: Fate): boolean {
  const { expr, place } = lookup;
  if (expr.kind !== 'Call' || key === null || !isShort(fate)) return false;
  if (!expr.args.every(({ name }) => /^(pk|id)(__exact)?$/.test(name ?? ''))) return false;
  const row = key.kind === 'Subscript' ? key.value : key;
  const given = row.kind === 'Name' ? bindingsAt(row, place.fn) : [];
  return (
    given.length > 0 &&
    given.every(
      ({ source }) =>
        source.kind === 'for' &&
        (isFetched(source.iter) ||
          (source.iter.kind === 'Name' &&
            reaching(place.fn.scope.bindings.get(source.iter.id) ?? [], source.iter.start).every(
              ({ source: made }) => made.kind === 'assign' && made.value !== null && isFetched(made.value),
            ))),
    )
  );
}

function isFetched(expr: Expr): boolean {
  return expr.kind === 'Call' && /^fetch(all|many)$/.test(lastName(expr.func) ?? '');
}
