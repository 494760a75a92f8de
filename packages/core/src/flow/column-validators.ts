import type { CallGraph } from './call-graph.ts';
import type { FoundLookup } from './find-lookups.ts';
import { isPlainKey } from './key.ts';
import { sameModel } from './live-rows.ts';
import { lastName } from './site-table.ts';
import type { Expr } from '../syntax/index.ts';

/**
 * True in a validator of foreign keys alone, `ForeignKey(Order, validators=[is_open])`, that asks for the row by what it is given:
 * Django runs it when it has found that row.
 */
export function isColumnValidator(graph: CallGraph, lookup: FoundLookup, key: Expr | null): boolean {
  const { fn } = lookup.place;
  const given = fn.params[0]?.name;
  if (key?.kind !== 'Name' || key.id !== given || fn.cls !== null || !isPlainKey(lookup)) return false;
  const uses = graph.references(fn);
  const { models } = graph.program;
  return (
    uses.length > 0 &&
    uses.every(
      ({ argumentOf: { func, args }, argument }) =>
        /^(ForeignKey|OneToOneField)$/.test(lastName(func) ?? '') &&
        args.some(({ name, value }) => name === 'validators' && value === argument),
    ) &&
    uses.some(({ place }) => {
      const target = place.stmt.kind === 'Assign' ? place.stmt.targets[0] : undefined;
      const field =
        place.fn.cls === null || target?.kind !== 'Name' ? null : models.field(place.fn.cls, target.id);
      return field?.target != null && sameModel(graph.program, field.target, lookup.model);
    })
  );
}
