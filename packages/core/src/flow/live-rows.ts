import {
  type Field,
  type FunctionInfo,
  isSoftReference,
  type ModelRef,
  parts,
  type Program,
  type Type,
} from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { dottedName, type Expr, walkExpr, walkStmts } from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';
import { plainColumn } from './key.ts';
import { isDeleted, isGone, isOfDeletion } from './deleted-before.ts';
import { namedAfter } from './named-after.ts';
import { isNotYetSaved } from './not-yet-saved.ts';
import { testedAt } from './tested.ts';

/** `get(pk=obj.pk)` where `obj` is a row of the same model. */
export function liveRow(
  program: Program,
  key: Expr,
  lookup: FoundLookup,
): { name: string; created: boolean } | null {
  const owner = key.kind === 'Attribute' && /^(id|pk)$/.test(key.attr) ? key.value : null;
  const {
    model,
    place: { fn },
  } = lookup;
  if (owner === null || isGone(owner, lookup) || isNotYetSaved(program, owner, lookup.expr, fn)) return null;
  const type = program.infer.expr(owner, fn);
  // Only rows have a `pk`: the owner is one, of this model or of a proxy of it as far as anybody can tell.
  // `request.user` is a user and nothing else.
  const isPk = key.kind === 'Attribute' && key.attr === 'pk' && !/(^|\.)user$/.test(dottedName(owner) ?? '');
  const same =
    parts(type).some(
      (part) =>
        part.t === 'row' &&
        (sameModel(program, part.model, model) ||
          isItsOwnKind(owner, lookup) ||
          (isPk && isOfPackages(part.model, model))),
    ) ||
    (!parts(type).some((part) => part.t === 'row') &&
      !isForeignParam(owner, fn) &&
      !isOwnAttribute(program, type, key) &&
      (isPk || namedAfter(owner, model) || isGeneric(owner) || isItsOwnKind(owner, lookup, 'by a relation')));
  return same ? { name: dottedName(owner) ?? 'the row', created: wasCreated(owner, fn) } : null;
}

/** `Content.objects.get(pk=book.pk)` of two models of packages: whoever compares their keys knows one for a part of the other. */
function isOfPackages(row: ModelRef, model: ModelRef): boolean {
  return [row, model].every(({ cls, key }) => cls === null && /^(?!django\.)\w+\./.test(key));
}

/** `obj.id`, `self.instance.id`: a row of whatever model is asked, by the name that frameworks give it. */
function isGeneric(owner: Expr): boolean {
  return /(^|\.)(obj|object|instance)$/.test(dottedName(owner) ?? '');
}

/**
 * `KINDS[row.kind].objects.get(pk=row.pk)`: the row itself says which model has the rest of it. By a relation: `KINDS[row.kind.slug]`, which
 * tells it from a message, whose `kind` is a text.
 */
function isItsOwnKind(owner: Expr, { model, expr }: FoundLookup, how?: 'by a relation'): boolean {
  const name = dottedName(owner);
  let chosen = false;
  if (model.name === null && name !== null && expr.kind === 'Call')
    walkExpr(expr.func, (part) => {
      if (part.kind !== 'Attribute' || part.attr === 'objects') return;
      const of = how === undefined ? part.value : part.value.kind === 'Attribute' ? part.value.value : null;
      chosen ||= of !== null && dottedName(of) === name;
    });
  return chosen;
}

/** A parameter that is annotated as something else than a row: a copy sent by somebody, not the row. `object` may be anything. */
function isForeignParam(owner: Expr, fn: FunctionInfo): boolean {
  return (
    owner.kind === 'Name' &&
    fn.params.some(
      ({ name, annotation }) =>
        name === owner.id &&
        annotation !== null &&
        !/^((typing\.)?Any|object)$/.test(dottedName(annotation) ?? ''),
    )
  );
}

/** `self.pk` that a class which is no model keeps under that name: a value, not the key of a row. */
function isOwnAttribute(program: Program, type: Type, key: Expr): boolean {
  return (
    key.kind === 'Attribute' &&
    parts(type).some(
      (part) =>
        part.t === 'instance' &&
        program.hierarchy
          .mro(part.cls)
          .some((base) => typeof base !== 'string' && base.selfAttributes.has(key.attr)),
    )
  );
}

function wasCreated(owner: Expr, fn: FunctionInfo): boolean {
  if (owner.kind !== 'Name') return false;
  return reaching(fn.scope.bindings.get(owner.id) ?? [], owner.start).some((binding) => {
    if (binding.source.kind !== 'assign' || binding.source.value === null) return false;
    let created = false;
    walkExpr(binding.source.value, (part) => {
      if (
        part.kind === 'Call' &&
        part.func.kind === 'Attribute' &&
        /^(create|get_or_create|update_or_create|acreate)$/.test(part.func.attr)
      )
        created = true;
    });
    return created;
  });
}

export function sameModel(program: Program, a: ModelRef, b: ModelRef): boolean {
  if (a.key === b.key) return true;
  if (b.cls !== null && a.cls === null)
    return program.models.meta(b.cls).proxy && program.hierarchy.externalBases(b.cls).includes(a.key);
  if (a.cls === null || b.cls === null) return false;
  const isProxy = program.models.meta(b.cls).proxy && program.hierarchy.mro(b.cls).includes(a.cls);
  return isProxy || program.hierarchy.mro(a.cls).includes(b.cls);
}

/** `get(id=row.parent_id)` or `get(id=row.parent.id)` through a relation with a constraint, of a row that is no copy from a cache. */
export function constrainedParent(
  program: Program,
  key: Expr,
  lookup: FoundLookup,
  alias: string | null = null,
): string | null {
  const { fn } = lookup.place;
  if (key.kind !== 'Attribute') return null;
  const through =
    isKeyOf(program, lookup.model, key.attr) && key.value.kind === 'Attribute' ? key.value : key;
  if (through.kind !== 'Attribute') return null;
  for (const owner of ownersOf(program, through.value, fn)) {
    if (owner.cls === null) continue;
    const field =
      program.models.columnOf(owner.cls, through.attr) ?? program.models.field(owner.cls, through.attr);
    if (field === null || field.target === null || (field.kind !== 'fk' && field.kind !== 'o2o')) continue;
    if (isSoftReference(field) || !sameModel(program, field.target, lookup.model)) continue;
    if (!asksByTarget(program, field, lookup, through === key)) continue;
    if (field.null && through === key && !isTested(through, lookup, alias)) continue;
    if (mayBeStale(through.value, lookup) || isDeleted(through.value, lookup)) continue;
    if (lookup.place.deferred !== null && isOfDeletion(through.value, fn)) continue;
    return `${owner.name ?? 'row'}.${through.attr}`;
  }
  return null;
}

function isKeyOf(program: Program, { cls }: ModelRef, attr: string): boolean {
  return /^(id|pk)$/.test(attr) || (cls !== null && program.models.primaryKey(cls) === attr);
}

/** The lookup asks by the column of its model that the foreign key holds: the primary key, or the one that `to_field` names. */
function asksByTarget(
  program: Program,
  { toField, target }: Field,
  lookup: FoundLookup,
  isRead: boolean,
): boolean {
  const primary = target?.cls == null ? null : program.models.primaryKey(target.cls);
  const holds = isRead && toField !== primary ? toField : null;
  const asked = plainColumn(lookup)?.replace(/__exact$/, '') ?? null;
  if (asked === null) return false;
  return /^(pk|id)$/.test(asked) ? holds === null : asked === (holds ?? primary);
}

/** The models whose row an expression may be: as inferred, or, for a bare name without a type, the model of that name. */
function ownersOf(program: Program, expr: Expr, fn: FunctionInfo): ModelRef[] {
  const type = program.infer.expr(expr, fn);
  const rows = parts(type).flatMap((part) => (part.t === 'row' ? [part.model] : []));
  if (rows.length > 0 || type.t !== 'unknown') return rows;
  const isUser = (expr.kind === 'Name' ? expr.id : expr.kind === 'Attribute' ? expr.attr : '') === 'user';
  const named = isUser ? program.models.userModel() : modelNamed(program, expr);
  return named === null ? [] : [named];
}

/** The only model that is called like a name or the last part of a dotted one. */
export function modelNamed(program: Program, expr: Expr): ModelRef | null {
  const name = expr.kind === 'Name' ? expr.id : expr.kind === 'Attribute' ? expr.attr : '';
  const named =
    program.models.byName.get(
      name.replace(/^_+/, '').replace(/(^|_)(\w)/g, (_all, _bar, letter: string) => letter.toUpperCase()),
    ) ?? [];
  const [only, other] = named;
  return only === undefined || other !== undefined ? null : program.models.ref(only);
}

/** A copy from a cache, or a row fetched here before a second, cached lookup: it may outlive its parent. */
function mayBeStale(row: Expr, lookup: FoundLookup): boolean {
  const methods = lookup.form === 'cached' ? /cache|^(get|first|last)$/ : /cache/;
  return fetchedBy(row, lookup.place.fn, methods);
}

/** True for a row that was read from a cache. */
export function isCachedCopy(row: Expr, fn: FunctionInfo): boolean {
  return fetchedBy(row, fn, /cache/);
}

/** True when a method of that name gave the row, as far as its function tells. */
function fetchedBy(row: Expr, fn: FunctionInfo, methods: RegExp): boolean {
  const fetched = (value: Expr): boolean => {
    const call = value.kind === 'Await' ? value.value : value;
    return call.kind === 'Call' && call.func.kind === 'Attribute' && methods.test(call.func.attr);
  };
  if (row.kind === 'Attribute') return fetchedBy(row.value, fn, methods) || assignedFrom(fn, row, fetched);
  if (row.kind !== 'Name') return fetched(row);
  return reaching(fn.scope.bindings.get(row.id) ?? [], row.start).some(
    ({ source }) => source.kind === 'assign' && source.value !== null && fetched(source.value),
  );
}

/** `event.project = Project.objects.get_from_cache(...)` somewhere in the function. */
function assignedFrom(fn: FunctionInfo, column: Expr, fetched: (value: Expr) => boolean): boolean {
  const name = dottedName(column);
  let found = false;
  walkStmts(fn.body, (stmt) => {
    if (
      stmt.kind === 'Assign' &&
      stmt.value !== null &&
      fetched(stmt.value) &&
      stmt.targets.some((target) => dottedName(target) === name)
    )
      found = true;
  });
  return found && name !== null;
}

/** A test of the column, of another name for its value, or of the relation it belongs to, stands before the lookup. */
function isTested(
  column: Extract<Expr, { kind: 'Attribute' }>,
  { expr, place }: FoundLookup,
  alias: string | null,
): boolean {
  const name = dottedName(column);
  if (name === null) return false;
  const names = new Set([name, `${name}_id`, name.replace(/_id$/, ''), ...(alias === null ? [] : [alias])]);
  return (
    testedAt(place.fn.body, expr, (part) => part !== column && names.has(dottedName(part) ?? '')) !== null
  );
}
