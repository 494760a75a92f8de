import { reaching } from '../scope/index.ts';
import type { Expr } from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';
import { isGone } from './deleted-before.ts';
import { lastName } from './site-table.ts';

/**
 * `self.get_queryset().get(pk=order.pk)` of a row that `self.get_object()` found among the same rows, or that `serializer.save()`
 * has just written: the page reads it again. The row in words; null for others.
 */
export function viewRow(lookup: FoundLookup, key: Expr | null): string | null {
  const { expr, place } = lookup;
  if (key?.kind !== 'Attribute' || !/^(id|pk)$/.test(key.attr) || key.value.kind !== 'Name') return null;
  const rows = expr.kind === 'Call' && expr.func.kind === 'Attribute' ? expr.func.value : null;
  if (rows?.kind !== 'Call' || !isCallOn(rows, /^self$/, 'get_queryset') || isGone(key.value, lookup))
    return null;
  const bindings = reaching(place.fn.scope.bindings.get(key.value.id) ?? [], key.start);
  const known = bindings.every(
    ({ source }) =>
      source.kind === 'assign' &&
      source.steps.length === 0 &&
      source.value !== null &&
      (isCallOn(source.value, /^self$/, 'get_object') ||
        isCallOn(source.value, /serializer$|^form$/, 'save')),
  );
  return known && bindings.length > 0 ? key.value.id : null;
}

function isCallOn(expr: Expr, owner: RegExp, method: string): boolean {
  return (
    expr.kind === 'Call' &&
    expr.func.kind === 'Attribute' &&
    expr.func.attr === method &&
    owner.test(lastName(expr.func.value) ?? '')
  );
}
