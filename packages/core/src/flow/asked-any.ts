import { dottedName, type Expr } from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';
import { testedAt } from './tested.ts';

/** True where the newest or oldest of some rows is asked for behind a test of those rows: `rows.latest() if len(rows) > 1 else None`. */
export function askedWhetherAny({ form, expr, place }: FoundLookup): boolean {
  if (form !== 'ordered' || expr.kind !== 'Call' || expr.func.kind !== 'Attribute') return false;
  const rows = dottedName(expr.func.value);
  return rows !== null && testedAt(place.fn.body, expr, (part: Expr) => dottedName(part) === rows) !== null;
}
