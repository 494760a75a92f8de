import { type FunctionInfo, parts, perProgram, type Program } from '../project/index.ts';
import type { Attribute } from '../syntax/index.ts';
import { isSelf } from './optional-syntax.ts';
import { type Fact, factOf } from './narrow-state.ts';

/**
 * Generic foreign keys by their names, each with the models that have it: reading one gives None for a row that is gone. A model that
 * some other has a `GenericRelation` to is left out, since Django deletes its rows along with theirs.
 * Source: `GenericForeignKey.__get__` and the documentation of `GenericRelation` (django.contrib.contenttypes).
 */
const genericKeys = perProgram((program): ReadonlyMap<string, ReadonlySet<string>> => {
  const keys = new Map<string, Set<string>>();
  const cleaned = new Set<string>();
  for (const cls of program.classes) {
    if (program.hierarchy.kind(cls) !== 'model') continue;
    for (const field of program.models.fields(cls).values()) {
      if (field.kind !== 'generic') continue;
      if (field.type === 'GenericRelation') cleaned.add(field.target?.key ?? '');
      else keys.set(field.name, (keys.get(field.name) ?? new Set()).add(cls.key));
    }
  }
  for (const models of keys.values()) for (const key of cleaned) models.delete(key);
  return keys;
});

/** The fact about what a generic foreign key of a row gives; null for all other attributes, and for what a class reads of itself. */
export function genericRow(program: Program, expr: Attribute, fn: FunctionInfo): Fact | null {
  const models = genericKeys(program).get(expr.attr);
  if (models === undefined || models.size === 0) return null;
  const owners = parts(program.infer.expr(expr.value, fn));
  const held = owners.length > 0 && owners.every((type) => type.t === 'row' && models.has(type.model.key));
  if (!held || isSelf(expr.value, fn)) return null;
  return factOf(expr, {
    by: 'relation',
    method: expr.attr,
  });
}
