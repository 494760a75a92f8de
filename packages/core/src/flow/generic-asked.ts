import { dottedName, type Expr } from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';
import { onlyValue } from './only-value.ts';
import { testedAt } from './tested.ts';

/**
 * True behind a test of the row that a generic foreign key gives, for a lookup by its id: `if isinstance(tag.content_object, Order):
 * Order.objects.get(id=tag.object_id)`.
 */
export function isGenericAsked({ expr, place: { fn } }: FoundLookup, key: Expr | null): boolean {
  const owner = key?.kind === 'Attribute' && /^object_(id|pk)$/.test(key.attr) ? dottedName(key.value) : null;
  if (owner === null) return false;
  const row = `${owner}.content_object`;
  return (
    testedAt(fn.body, expr, (part) => {
      const value = part.kind === 'Name' ? onlyValue(part, fn) : part;
      return value !== null && dottedName(value) === row;
    }) !== null
  );
}
