import type { ClassInfo } from '../project/index.ts';
import type { CallGraph } from './call-graph.ts';
import type { FoundLookup } from './find-lookups.ts';
import { isPlainKey } from './key.ts';
import { sameModel } from './live-rows.ts';
import { lastName } from './site-table.ts';
import { isTestCode } from './test-code.ts';
import type { Expr } from '../syntax/index.ts';

/**
 * True in a validator of foreign keys alone, `ForeignKey(Order, validators=[is_open])`, that asks for the row by what it is given:
 * Django runs it when it has found that row.
 */
export function isColumnValidator(graph: CallGraph, lookup: FoundLookup, key: Expr | null): boolean {
  const { fn } = lookup.place;
  if (key?.kind !== 'Name' || !isPlainKey(lookup)) return false;
  if (fn.name === '__call__' && fn.cls !== null && key.id === fn.params[1]?.name)
    return isOnlyValidator(graph, fn.cls);
  const given = fn.params[0]?.name;
  if (key.id !== given || fn.cls !== null) return false;
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

/** Fields that are foreign keys, those of django-filer among them. */
const KEYS = /^(ForeignKey|OneToOneField|Filer\w*Field)$/;

/** `ForeignKey(Order, validators=[IsOpen(days=3)])`: objects of the class are made for nothing else. */
function isOnlyValidator({ program }: CallGraph, { name }: ClassInfo): boolean {
  const made = program.calls
    .of(name)
    .filter(({ place: { fn } }) => !/(^|\/)migrations\//.test(fn.path) && !isTestCode(fn.path));
  return (
    made.length > 0 &&
    made.every(({ expr, place: { stmt } }) => {
      const field = stmt.kind === 'Assign' ? stmt.value : null;
      return (
        field?.kind === 'Call' &&
        KEYS.test(lastName(field.func) ?? '') &&
        field.args.some(
          (arg) => arg.name === 'validators' && arg.value.start <= expr.start && expr.end <= arg.value.end,
        )
      );
    })
  );
}
