import { type FunctionInfo, isSoftReference, type ModelRef, parts, type Program } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { dottedName, type Expr, walkExpr } from '../syntax/index.ts';
import { resolveExceptions } from './exceptions.ts';
import type { FoundLookup } from './find-lookups.ts';
import type { Guard } from './verdict.ts';

/** Why the row of a lookup cannot be missing when the lookup runs; null when nothing proves it. */
export function guarantee(program: Program, lookup: FoundLookup, key: Expr | null): Guard | null {
  const { fn } = lookup.place;
  const at = (kind: Guard['kind'], detail: string): Guard => ({ kind, path: fn.path, span: lookup.expr, detail });
  if (afterIntegrityError(program, lookup)) return at('insert-or-fetch', 'fetches the row that made the insert fail');
  if (/natural_key$/.test(fn.name) || /natural_key$/.test(lookup.method)) return at('natural-key', 'natural keys are resolved by the serialisation framework, which handles the miss');
  if (lookup.form === 'relation' || lookup.form === 'reverse-one-to-one') return loadedRelation(program, lookup);
  if (key === null) return null;
  const user = requestUser(program, key, fn);
  if (user !== null) return at('request-user', `\`${user}\` is the row that authentication loaded`);
  const live = liveRow(program, key, lookup.model, fn);
  if (live !== null) return at(live.created ? 'created' : 'loaded', `\`${live.name}\` is a row at hand`);
  const parent = constrainedParent(program, key, lookup.model, fn);
  return parent === null ? null : at('constrained-parent', `\`${parent}\` is a foreign key with a constraint, of a row at hand`);
}

function afterIntegrityError(program: Program, lookup: FoundLookup): boolean {
  for (let frame = lookup.place.frame; frame !== null; frame = frame.parent) {
    if (frame.kind !== 'handler' || frame.handler.type === null) continue;
    const refs = resolveExceptions(program, frame.handler.type, lookup.place.fn);
    if (refs.some((ref) => ref.kind === 'external' && /(IntegrityError|ValidationError|FailedPreconditionError)$/.test(ref.name))) return true;
  }
  return false;
}

function requestUser(program: Program, key: Expr, fn: FunctionInfo): string | null {
  const owner = key.kind === 'Attribute' && /^(id|pk)$/.test(key.attr) ? key.value : key;
  const name = dottedName(owner);
  return name !== null && /(^|\.)request\.user(\.(id|pk))?$/.test(name) && program !== null && fn !== null ? name : null;
}

/** `get(pk=obj.pk)` where `obj` is a row of the same model. */
function liveRow(program: Program, key: Expr, model: ModelRef, fn: FunctionInfo): { name: string; created: boolean } | null {
  const owner = key.kind === 'Attribute' && /^(id|pk)$/.test(key.attr) ? key.value : null;
  if (owner === null) return null;
  const same = parts(program.infer.expr(owner, fn)).some((type) => type.t === 'row' && sameModel(program, type.model, model));
  return same ? { name: dottedName(owner) ?? 'the row', created: wasCreated(owner, fn) } : null;
}

function wasCreated(owner: Expr, fn: FunctionInfo): boolean {
  if (owner.kind !== 'Name') return false;
  return reaching(fn.scope.bindings.get(owner.id) ?? [], owner.start).some((binding) => {
    if (binding.source.kind !== 'assign' || binding.source.value === null) return false;
    let created = false;
    walkExpr(binding.source.value, (part) => {
      if (part.kind === 'Call' && part.func.kind === 'Attribute' && /^(create|get_or_create|update_or_create|acreate)$/.test(part.func.attr)) created = true;
    });
    return created;
  });
}

function sameModel(program: Program, a: ModelRef, b: ModelRef): boolean {
  if (a.key === b.key) return true;
  return a.cls !== null && b.cls !== null && program.hierarchy.mro(a.cls).includes(b.cls);
}

/** `get(id=row.parent_id)` or `get(id=row.parent.id)` through a relation with a constraint. */
function constrainedParent(program: Program, key: Expr, model: ModelRef, fn: FunctionInfo): string | null {
  if (key.kind !== 'Attribute') return null;
  const through = /^(id|pk)$/.test(key.attr) && key.value.kind === 'Attribute' ? key.value : key;
  if (through.kind !== 'Attribute') return null;
  for (const type of parts(program.infer.expr(through.value, fn))) {
    if (type.t !== 'row' || type.model.cls === null) continue;
    const field = program.models.columnOf(type.model.cls, through.attr) ?? program.models.field(type.model.cls, through.attr);
    if (field === null || field.target === null || (field.kind !== 'fk' && field.kind !== 'o2o')) continue;
    if (isSoftReference(field) || !sameModel(program, field.target, model)) continue;
    return `${type.model.name ?? 'row'}.${through.attr}`;
  }
  return null;
}

/** `hasattr(x, 'profile')` or a relation that the same function fetched with `select_related`. */
function loadedRelation(program: Program, lookup: FoundLookup): Guard | null {
  const { expr, place } = lookup;
  if (expr.kind !== 'Attribute' || program === null) return null;
  const owner = dottedName(expr.value);
  let guarded: Expr | null = null;
  for (const site of [place.stmt]) {
    if (site.kind !== 'If' && site.kind !== 'Assert' && site.kind !== 'While') continue;
    walkExpr(site.test, (part) => {
      if (part.kind === 'Call' && part.func.kind === 'Name' && part.func.id === 'hasattr' && dottedName(part.args[0]?.value ?? part) === owner) guarded = part;
    });
  }
  return guarded === null ? null : { kind: 'loaded', path: place.fn.path, span: guarded, detail: `\`hasattr\` asks for \`${expr.attr}\` first` };
}
