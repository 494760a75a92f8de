import type { Expr } from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';
import { narrowedBy } from './key.ts';
import type { Origin } from './verdict.ts';

/** What says which row is meant: a value, or the row that the asked ones belong to. */
type Picked = { readonly by: 'value'; readonly value: Expr } | { readonly by: 'owner' };

/**
 * `order.refunds.get(status="pending")`, `Refund.objects.filter(order=order).get(status="pending")`: a constant picks one of the
 * rows that belong to another row. Null where it names a row of the table: one that a deployment brings along.
 */
export function picked(found: FoundLookup, origins: readonly Origin[]): Picked | null {
  if (found.rows === null || !origins.every(({ kind }) => kind === 'literal' || kind === 'settings'))
    return null;
  if (found.rows.related) return { by: 'owner' };
  const value = narrowedBy(found);
  return value === null ? null : { by: 'value', value };
}
