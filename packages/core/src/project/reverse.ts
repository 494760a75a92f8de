import type { ClassInfo } from './entities.ts';
import type { Field } from './fields.ts';
import type { Program } from './program.ts';
import type { ModelRef } from './types.ts';

/** A relation seen from its target: `author.books`. */
export interface Reverse {
  readonly model: ModelRef;
  readonly kind: 'many' | 'o2o';
  readonly field: Field;
}

export type Reverses = ReadonlyMap<string, ReadonlyMap<string, Reverse>>;

/** What models offer because those of the program point at them, by the target's key and accessor. */
export function collectReverses(program: Program): Reverses {
  const out = new Map<string, Map<string, Reverse>>();
  for (const cls of [...program.models.byName.values()].flat()) {
    const meta = program.models.meta(cls);
    if (meta.abstract || meta.proxy) continue;
    for (const field of program.models.fields(cls).values()) {
      const target = field.target?.key;
      if (target === undefined || field.kind === 'generic') continue;
      if (program.models.tableOf(cls, field.owner) !== cls) continue;
      const name = accessor(program, cls, field);
      if (name === null) continue;
      const names = out.get(target) ?? new Map<string, Reverse>();
      names.set(name, { model: program.models.ref(cls), kind: field.kind === 'o2o' ? 'o2o' : 'many', field });
      out.set(target, names);
    }
  }
  return out;
}

/** The models behind each accessor to many rows; none for a name that leads to a single row somewhere. */
export function reachedModels(reverses: Reverses): ReadonlyMap<string, readonly ModelRef[]> {
  const out = new Map<string, readonly ModelRef[]>();
  const single = new Set<string>();
  for (const names of reverses.values()) {
    for (const [name, { model, kind }] of names) {
      const before = out.get(name) ?? [];
      if (kind === 'o2o') single.add(name);
      else if (!before.some(({ key }) => key === model.key)) out.set(name, [...before, model]);
    }
  }
  for (const name of single) out.delete(name);
  return out;
}

/** The name of the way back to a model with a relation; null when the relation has none. */
export function accessor(program: Program, cls: ClassInfo, field: Field): string | null {
  const lower = cls.name.toLowerCase();
  const given = field.relatedName ?? program.models.meta(cls).defaultRelatedName;
  if (given === null) return field.kind === 'o2o' ? lower : `${lower}_set`;
  if (given.endsWith('+')) return null;
  const app = program.models.labels.appOf(cls).toLowerCase();
  return given
    .replaceAll('%(class)s', lower)
    .replaceAll('%(model_name)s', lower)
    .replaceAll('%(app_label)s', app);
}
