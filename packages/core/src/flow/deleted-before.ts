import type { FunctionInfo } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { type Call, dottedName, type Expr, walkExpr } from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';
import { ranBefore } from './ran-before.ts';
import { isConnected } from './signals.ts';

/** True for a row that is in its table no more when the lookup runs: deleted before, or what a `post_delete` receiver is handed. */
export function isGone(row: Expr, lookup: FoundLookup): boolean {
  return isDeleted(row, lookup) || isOfDeletion(row, lookup.place.fn);
}

/** `row.delete()` or `Order.objects.filter(pk=row.pk).delete()` has always run before the lookup. */
export function isDeleted(row: Expr, { expr, place }: FoundLookup): boolean {
  const name = dottedName(row);
  if (name === null) return false;
  return ranBefore(place.fn.body, expr).some((stmt) => {
    const call =
      stmt.kind === 'ExprStmt' ? (stmt.value.kind === 'Await' ? stmt.value.value : stmt.value) : null;
    return (
      call?.kind === 'Call' &&
      call.func.kind === 'Attribute' &&
      /^a?delete$/.test(call.func.attr) &&
      (dottedName(call.func.value) === name || isOnly(call.func.value, name))
    );
  });
}

/** True where the value of a key was read off a row that is deleted before the lookup: `pk = order.pk`. */
export function isOfDeleted(key: Expr, lookup: FoundLookup): boolean {
  if (key.kind !== 'Name') return false;
  return reaching(lookup.place.fn.scope.bindings.get(key.id) ?? [], key.start).some(
    ({ source }) =>
      source.kind === 'assign' &&
      source.steps.length === 0 &&
      source.value?.kind === 'Attribute' &&
      isKey(source.value.attr) &&
      isGone(source.value.value, lookup),
  );
}

const isKey = (name: string): boolean => /^(pk|id)$/.test(name);

/** `Order.objects.filter(pk=row.pk)`. */
function isOnly(rows: Expr, name: string): boolean {
  let found = false;
  walkExpr(rows, (part) => {
    found ||= part.kind === 'Call' && asksFor(part, name);
  });
  return found;
}

function asksFor({ func, args }: Call, row: string): boolean {
  const [only, other] = args;
  if (func.kind !== 'Attribute' || func.attr !== 'filter' || only === undefined || other !== undefined)
    return false;
  const value = dottedName(only.value);
  return isKey(only.name ?? '') && (value === row || value === `${row}.pk` || value === `${row}.id`);
}

/** `instance` of a receiver of `post_delete`: the rows that it belongs to go later, in the same transaction (django/db/models/deletion.py). */
export function isOfDeletion(row: Expr, fn: FunctionInfo): boolean {
  return (
    row.kind === 'Name' &&
    row.id === 'instance' &&
    fn.params.some(({ name }) => name === row.id) &&
    isConnected(fn, /^post_delete$/)
  );
}
