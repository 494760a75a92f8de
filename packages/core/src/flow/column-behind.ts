import { parts, type Program } from '../project/index.ts';
import type { FoundLookup } from './find-lookups.ts';
import type { Lookup } from './verdict.ts';

/** The raw column of a relation: `product_id` of `line.product`. Null where it holds anything but the primary key of the row. */
export function columnBehind(program: Program, { form, expr, place }: FoundLookup): Lookup['column'] {
  if (form !== 'relation' || expr.kind !== 'Attribute') return null;
  const fields = parts(program.infer.expr(expr.value, place.fn)).map((type) =>
    type.t === 'row' && type.model.cls !== null ? program.models.field(type.model.cls, expr.attr) : null,
  );
  const [field] = fields;
  if (
    field === null ||
    field === undefined ||
    fields.some((other) => other !== field) ||
    field.toField !== null
  )
    return null;
  if (field.kind !== 'fk' && field.kind !== 'o2o') return null;
  const target = field.target?.cls ?? null;
  const key = target === null ? null : program.models.primaryKey(target);
  return { name: `${field.name}_id`, nullable: field.null, key };
}
