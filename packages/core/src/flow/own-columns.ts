import { type ClassInfo, type FunctionInfo, parts, type Program } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { type Call, dottedName, type Expr, walkStmts } from '../syntax/index.ts';
import { isGone } from './deleted-before.ts';
import type { FoundLookup } from './find-lookups.ts';
import { hidesRows } from './hidden-rows.ts';
import { sameModel } from './live-rows.ts';
import { isConnected } from './signals.ts';
import { lastName } from './site-table.ts';
import { valuesOf } from './values.ts';

/**
 * `City.objects.get(name=person.city.name, state=person.city.state)`: a row has the values that were read off it. The row's name;
 * null unless the table gave the row, and nothing but its columns narrows the lookup.
 */
export function ownColumns(program: Program, lookup: FoundLookup): string | null {
  const { expr, place, model, rows } = lookup;
  const { cls } = model;
  if (expr.kind !== 'Call' || cls === null || hidesRows(program, rows)) return null;
  const chosen = [...(rows?.chain ?? []).map(({ call }) => call), expr].filter(({ args }) => args.length > 0);
  const [only, other] = chosen;
  if (only === undefined || other !== undefined || !/^a?(get|filter)$/.test(lastName(only.func) ?? ''))
    return null;
  const owner = onlyOwner(only);
  const name = owner === null ? null : dottedName(owner);
  if (owner === null || name === null || isGone(owner, lookup) || isChanged(owner, place.fn)) return null;
  const isRow = parts(program.infer.expr(owner, place.fn)).every(
    (type) => type.t === 'none' || (type.t === 'row' && sameModel(program, type.model, model)),
  );
  const columns = only.args.every(({ name: arg }) => isColumn(program, cls, arg ?? ''));
  return isRow && columns && isStored(program, owner, place.fn) ? name : null;
}

function isColumn(program: Program, cls: ClassInfo, keyword: string): boolean {
  const name = keyword.replace(/__exact$/, '');
  return name === 'pk' || program.models.field(cls, name.replace(/_id$/, '')) !== null;
}

/** The row of which every argument reads the column that it is compared to. */
function onlyOwner({ args }: Call): Expr | null {
  const owners = args.map(({ name, star, value }) =>
    star === 0 && value.kind === 'Attribute' && name?.replace(/__exact$/, '') === value.attr
      ? value.value
      : null,
  );
  const [owner = null] = owners;
  const name = owner === null ? null : dottedName(owner);
  return name !== null && owners.every((other) => other !== null && dottedName(other) === name)
    ? owner
    : null;
}

/** The function sets something of the row: the table may not have it so. */
function isChanged(owner: Expr, fn: FunctionInfo): boolean {
  const name = dottedName(owner);
  let changed = false;
  walkStmts(fn.body, (stmt) => {
    const targets = stmt.kind === 'Assign' ? stmt.targets : stmt.kind === 'AugAssign' ? [stmt.target] : [];
    changed ||= targets.some((target) => target.kind === 'Attribute' && dottedName(target.value) === name);
  });
  return changed;
}

/** A relation of another row gave it, a query, or the signal that it was saved: no row that is still to be written. */
function isStored(program: Program, owner: Expr, fn: FunctionInfo): boolean {
  if (owner.kind === 'Attribute') return isRelation(program, owner, fn);
  if (owner.kind === 'Name' && owner.id === 'instance' && isSaved(fn)) return true;
  if (owner.kind !== 'Name' || reaching(fn.scope.bindings.get(owner.id) ?? [], owner.start).length !== 1)
    return false;
  const values = valuesOf(program, owner, fn);
  return values.length > 0 && values.every(({ expr, fn: home }) => home === fn && isRead(program, expr, fn));
}

/** Run only by the signal of a row that was saved. */
function isSaved(fn: FunctionInfo): boolean {
  return isConnected(fn, /^post_save$/) && !isConnected(fn, /^pre_/);
}

function isRead(program: Program, expr: Expr, fn: FunctionInfo): boolean {
  if (expr.kind === 'Attribute') return isRelation(program, expr, fn);
  return (
    expr.kind === 'Call' &&
    expr.func.kind === 'Attribute' &&
    /^a?(get|first|last|latest|earliest)$/.test(expr.func.attr) &&
    parts(program.infer.expr(expr.func.value, fn)).every(({ t }) => t === 'manager' || t === 'queryset')
  );
}

function isRelation(
  program: Program,
  { value, attr }: Extract<Expr, { kind: 'Attribute' }>,
  fn: FunctionInfo,
): boolean {
  return parts(program.infer.expr(value, fn)).every(
    (type) =>
      type.t === 'row' &&
      type.model.cls !== null &&
      (program.models.field(type.model.cls, attr)?.target ?? null) !== null,
  );
}
