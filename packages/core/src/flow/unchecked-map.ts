import { type FunctionInfo, isSoftReference, parts, type Program, type Type } from '../project/index.ts';
import {
  type Call,
  dottedName,
  enclosingStmts,
  type Expr,
  type Stmt,
  stmtExprs,
  type Subscript,
  walkExpr,
} from '../syntax/index.ts';
import { bindingsAt } from './bindings-at.ts';
import { suppressing } from './caught-none.ts';
import type { State } from './narrow-state.ts';
import { ranBefore } from './ran-before.ts';
import { type BuiltMap, mapBehind } from './row-maps.ts';

/** The map behind `rows[key]`, when nothing in the function asks whether it has the key. */
export function uncheckedMap(
  program: Program,
  expr: Subscript,
  fn: FunctionInfo,
  state: State,
): BuiltMap | null {
  if (expr.index.kind === 'Slice' || expr.index.kind === 'Constant') return null;
  const map = mapBehind(program, expr.value, fn);
  if (map === null) return null;
  if (map.name !== null && isAsked(state, map.name, fn)) return null;
  return comesFromMap(expr.index, map, fn) ||
    isRowAtHand(program, expr.index, map, fn) ||
    wasWritten(program, map, fn) ||
    wasFound(program, expr, map, fn)
    ? null
    : map;
}

/** `Row.objects.bulk_create(...)` ran before the map was built: it holds what has just been written, too. */
function wasWritten({ infer }: Program, { built, modelKey }: BuiltMap, fn: FunctionInfo): boolean {
  return ranBefore(fn.body, built)
    .flatMap(callsOf)
    .some(
      ({ func }) =>
        func.kind === 'Attribute' &&
        /^a?bulk_create$/.test(func.attr) &&
        isOfRows(infer.expr(func.value, fn), modelKey),
    );
}

/** `Row.objects.get(pk=key)` ran before, also in a `with` that lets exceptions through: without the row it has raised already. */
function wasFound({ infer }: Program, read: Subscript, { modelKey }: BuiltMap, fn: FunctionInfo): boolean {
  const key = dottedName(read.index);
  const calls = key === null ? [] : insideWiths(ranBefore(fn.body, read)).flatMap(callsOf);
  return calls.some(({ func, args }) => {
    if (func.kind !== 'Attribute' || !/^a?get$/.test(func.attr)) return false;
    if (!args.some(({ name, value }) => /^(pk|id)$/.test(name ?? '') && dottedName(value) === key))
      return false;
    return isOfRows(infer.expr(func.value, fn), modelKey);
  });
}

/** A manager or queryset of the model. */
function isOfRows(type: Type, modelKey: string | null): boolean {
  return parts(type).some(
    (part) => (part.t === 'manager' || part.t === 'queryset') && part.rows.model.key === modelKey,
  );
}

function insideWiths(stmts: readonly Stmt[]): readonly Stmt[] {
  return stmts.flatMap((stmt) =>
    stmt.kind === 'With' && suppressing(stmt).length === 0 ? [stmt, ...insideWiths(stmt.body)] : [stmt],
  );
}

function callsOf(stmt: Stmt): readonly Call[] {
  return stmtExprs(stmt).flatMap((expr) => {
    const value = expr.kind === 'Await' ? expr.value : expr;
    return value.kind === 'Call' ? [value] : [];
  });
}

/** A test on the way names the map; an `assert` about its size crashes itself and answers nothing. */
function isAsked(state: State, map: string, fn: FunctionInfo): boolean {
  return state.tests.some((test) => {
    if (
      test.kind === 'Compare' &&
      test.operands.some(isSize) &&
      enclosingStmts(fn.body, test).at(-1)?.kind === 'Assert'
    )
      return false;
    return names(test, map, fn);
  });
}

/** How many assignments are followed from a name to the map. */
const STEPS = 2;

/** An expression names the map, or a name that was made of it: `missing = set(ids) - rows.keys()`. */
function names(expr: Expr, map: string, fn: FunctionInfo, steps = STEPS): boolean {
  let found = false;
  walkExpr(expr, (part) => {
    if (found || part.kind !== 'Name') return;
    found =
      part.id === map ||
      (steps > 0 &&
        bindingsAt(part, fn).some(
          ({ source }) =>
            source.kind === 'assign' && source.value !== null && names(source.value, map, fn, steps - 1),
        ));
  });
  return found;
}

function isSize(expr: Expr): boolean {
  return expr.kind === 'Call' && expr.func.kind === 'Name' && expr.func.id === 'len';
}

/** The key was taken from the map, or is a column of rows that were asked for by what the map holds: `for key in rows`, `rows.keys()`. */
function comesFromMap(key: Expr, map: BuiltMap, fn: FunctionInfo): boolean {
  const name = key.kind === 'Attribute' ? key.value : key;
  const bindings = name.kind === 'Name' ? bindingsAt(name, fn) : [];
  return bindings.some(({ source }) => {
    const given = source.kind === 'assign' ? source.value : null;
    const from = source.kind === 'for' ? source.iter : given;
    return from !== null && map.name !== null && names(from, map.name, fn);
  });
}

/** `rows[row.id]` for a row of the same model: it was there a moment before. */
function isRowAtHand(program: Program, key: Expr, map: BuiltMap, fn: FunctionInfo): boolean {
  if (key.kind !== 'Attribute' || !/^(id|pk|uuid|guid)$/.test(key.attr)) return false;
  const owner = parts(program.infer.expr(key.value, fn));
  return owner.every((type) => type.t !== 'row' || type.model.key === map.modelKey);
}

/**
 * `user.group_id`, `user.group` of a value that nothing is known of, where every model with such a column has a constrained foreign
 * key there: a row of one of them, as far as anybody can tell.
 */
export function namesParent(
  { infer, models }: Program,
  key: Expr,
  model: string | null,
  fn: FunctionInfo,
): boolean {
  if (key.kind !== 'Attribute' || model === null) return false;
  if (parts(infer.expr(key.value, fn)).some(({ t }) => t !== 'unknown')) return false;
  const columns = [...models.byName.values()]
    .flat()
    .flatMap((cls) => models.columnOf(cls, key.attr) ?? models.field(cls, key.attr) ?? []);
  return (
    columns.length > 0 && columns.every((column) => !isSoftReference(column) && column.target?.key === model)
  );
}
