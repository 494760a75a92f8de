import { type Field, isSoftReference, type ModelRef, parts, type Program } from '../project/index.ts';
import { dottedName, type Expr } from '../syntax/index.ts';
import { isGone } from './deleted-before.ts';
import type { FoundLookup } from './find-lookups.ts';
import { plainColumn } from './key.ts';
import { sameModel } from './live-rows.ts';
import { isNotYetSaved } from './not-yet-saved.ts';

/**
 * The row at hand of `Customer.objects.get(order__line=line)`: each relation on the way from it to the row that is asked for is a
 * foreign key with a constraint that is never NULL. Null where one is not.
 */
export function askedBack(program: Program, lookup: FoundLookup, key: Expr | null): string | null {
  const steps = plainColumn(lookup)?.split('__') ?? [];
  if (/^(pk|id|exact)$/.test(steps.at(-1) ?? '')) steps.pop();
  if (key === null || steps.length === 0) return null;
  const row = key.kind === 'Attribute' && /^(pk|id)$/.test(key.attr) ? key.value : key;
  const name = dottedName(row);
  const { fn } = lookup.place;
  if (name === null || isGone(row, lookup) || isNotYetSaved(program, row, lookup.expr, fn)) return null;
  const end = steps.reduce<ModelRef | null>(
    (model, step) => (model === null ? null : behind(program, model, step)),
    lookup.model,
  );
  if (end === null) return null;
  const types = parts(program.infer.expr(row, fn));
  return types.length > 0 && types.every((type) => type.t === 'row' && sameModel(program, type.model, end))
    ? name
    : null;
}

/** The model whose rows all point at one of this model, under the name that queries have for the way back. */
function behind({ models }: Program, model: ModelRef, step: string): ModelRef | null {
  const found = models.reverse(model, step) ?? models.reverse(model, `${step}_set`);
  return found !== null && isSure(found.field) ? found.model : null;
}

function isSure(field: Field): boolean {
  return (field.kind === 'fk' || field.kind === 'o2o') && !field.null && !isSoftReference(field);
}
