import {
  type Field,
  type FunctionInfo,
  parts,
  perProgram,
  type Place,
  type Program,
} from '../project/index.ts';
import type { Attribute } from '../syntax/index.ts';
import { askedRelation } from './asked-relation.ts';
import { type Fact, factOf } from './narrow-state.ts';
import { isAskedFor } from './relation-doubts.ts';
import type { SiteIndex } from './site-index.ts';
import { placeAt } from './spot.ts';
import { isTestCode } from './test-code.ts';
import type { Site } from './verdict.ts';

/** So many functions that check a relation show that its row may be gone. */
const SEVERAL = 2;

/** Names of foreign keys that Django sets to NULL when the row is deleted. Source: `on_delete=SET_NULL` in Django's model field reference. */
const nulledNames = perProgram((program): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const cls of program.classes) {
    if (program.hierarchy.kind(cls) !== 'model') continue;
    for (const field of program.models.fields(cls).values()) if (isNulled(field)) names.add(field.name);
  }
  return names;
});

function isNulled({ kind, null: nullable, onDelete }: Field): boolean {
  return (kind === 'fk' || kind === 'o2o') && nullable && onDelete === 'SET_NULL';
}

/**
 * Knows foreign keys that are NULL once their row was deleted, and that the program takes for such: several of its functions check them, and
 * at least as many as read them unchecked. Where most do not check, the program has its reasons, or none: nothing is said.
 */
export class NulledRelations {
  readonly #program: Program;
  readonly #sites: SiteIndex;
  /** By field: where it is checked first; null where too few functions check it. */
  readonly #checked = new Map<string, Site | null>();

  constructor(program: Program, sites: SiteIndex) {
    this.#program = program;
    this.#sites = sites;
  }

  /** The fact about what such a foreign key gives; null for all other attributes, and where the function shows that the row is there. */
  fact(expr: Attribute, fn: FunctionInfo): Fact | null {
    if (!nulledNames(this.#program).has(expr.attr)) return null;
    const field = this.#field(expr, fn, expr.attr);
    const target = field?.target ?? null;
    const place = field === null || target === null || isTestCode(fn.path) ? null : placeAt(fn, expr);
    if (field === null || target === null || place === null) return null;
    const checked = this.#checkedAt(field);
    return checked === null || this.#isShown(expr, place, field)
      ? null
      : factOf(expr, { by: 'nulled', method: expr.attr, model: target.name, checked });
  }

  /** The field of that name, where all rows that the attribute is read of have it from the same class. */
  #field({ value }: Attribute, fn: FunctionInfo, name: string): Field | null {
    const [first, ...others] = parts(this.#program.infer.expr(value, fn)).map((type) =>
      type.t === 'row' && type.model.cls !== null ? this.#program.models.field(type.model.cls, name) : null,
    );
    const isSame = first != null && others.every((field) => field?.owner === first.owner);
    return isSame && isNulled(first) ? first : null;
  }

  #checkedAt(field: Field): Site | null {
    const key = `${field.owner.key} ${field.name}`;
    const known = this.#checked.get(key);
    if (known !== undefined) return known;
    const unasked = new Set<FunctionInfo>();
    const asking = new Map<FunctionInfo, Site>();
    for (const name of [field.name, `${field.name}_id`])
      for (const { expr, place } of this.#sites.reads(name)) {
        const { fn } = place;
        if (expr.kind !== 'Attribute' || isTestCode(fn.path) || !this.#isOf(expr, fn, field)) continue;
        if (asking.has(fn)) continue;
        if (isAskedFor(expr, fn))
          asking.set(fn, { path: fn.path, span: { start: expr.start, end: expr.end } });
        else if (name === field.name && !this.#isShown(expr, place, field)) unasked.add(fn);
      }
    const silent = [...unasked].filter((fn) => !asking.has(fn)).length;
    const found = asking.size >= Math.max(SEVERAL, silent) ? ([...asking.values()][0] ?? null) : null;
    this.#checked.set(key, found);
    return found;
  }

  #isOf(read: Attribute, fn: FunctionInfo, field: Field): boolean {
    return this.#field(read, fn, field.name)?.owner === field.owner;
  }

  /** The function shows that the row is there: it asked for it, set it, or listed rows that have one. */
  #isShown(expr: Attribute, place: Place, { name, target }: Field): boolean {
    return (
      target !== null &&
      askedRelation(this.#program, {
        form: 'relation',
        method: name,
        expr,
        place,
        model: target,
        rows: null,
      }) !== null
    );
  }
}
