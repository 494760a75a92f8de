import { ROW_MAP_METHODS } from '../django/index.ts';
import { type FunctionInfo, isFirst, parts, type Program } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import {
  type Call,
  dottedName,
  enclosingStmts,
  type Expr,
  opensScope,
  type Stmt,
  stmtExprs,
  type Subscript,
  walkExpr,
  walkStmts,
} from '../syntax/index.ts';
import type { State } from './narrow-state.ts';

/** A map that was built from rows: each row under its own id. */
export interface BuiltMap {
  readonly name: string | null;
  readonly built: Expr;
  readonly model: string | null;
  readonly modelKey: string | null;
  readonly bulk: boolean;
}

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
  if (map.name !== null && (isAsked(state, map.name, fn) || isCompleted(fn.body, map.name))) return null;
  return comesFromMap(expr.index, map, fn) || isRowAtHand(program, expr.index, map, fn) ? null : map;
}

function mapBehind(program: Program, value: Expr, fn: FunctionInfo): BuiltMap | null {
  if (value.kind !== 'Name') return built(program, value, fn, null);
  const bindings = reaching(fn.scope.bindings.get(value.id) ?? [], value.start);
  const [only] = bindings;
  if (
    bindings.length !== 1 ||
    only?.source.kind !== 'assign' ||
    only.source.value === null ||
    only.source.steps.length > 0
  )
    return null;
  return built(program, only.source.value, fn, value.id);
}

function built(program: Program, value: Expr, fn: FunctionInfo, name: string | null): BuiltMap | null {
  if (value.kind === 'Await') return built(program, value.value, fn, name);
  if (value.kind === 'Call') {
    if (value.func.kind !== 'Attribute' || !ROW_MAP_METHODS.has(value.func.attr)) return null;
    const type = parts(program.infer.expr(value.func, fn)).find((part) => part.t === 'rows-method');
    if (type?.t !== 'rows-method' || value.args.every((arg) => arg.name !== null && arg.name !== 'id_list'))
      return null;
    return { name, built: value, model: type.rows.model.name, modelKey: type.rows.model.key, bulk: true };
  }
  const clause = value.kind === 'DictComp' ? value.generators[0] : undefined;
  if (
    value.kind !== 'DictComp' ||
    clause === undefined ||
    value.generators.length > 1 ||
    clause.target.kind !== 'Name'
  )
    return null;
  if (!isOwnKey(value.element, clause.target.id)) return null;
  const iter = clause.iter.kind === 'Await' ? clause.iter.value : clause.iter;
  for (const part of parts(program.infer.expr(iter, fn))) {
    if (
      (part.t === 'queryset' || part.t === 'manager') &&
      isSelective(part.rows.chain.map((link) => link.method))
    )
      return { name, built: value, model: part.rows.model.name, modelKey: part.rows.model.key, bulk: false };
  }
  const service =
    iter.kind === 'Call' &&
    iter.func.kind === 'Attribute' &&
    /^get_(many|all|\w+s)($|_)/.test(iter.func.attr) &&
    /(^|_)service$/.test(dottedName(iter.func.value) ?? '');
  return service ? { name, built: value, model: null, modelKey: null, bulk: false } : null;
}

/** `{row.id: ...}`, `{row["id"]: ...}`. */
function isOwnKey(key: Expr, row: string): boolean {
  if (key.kind === 'Attribute')
    return /^(id|pk|uuid|guid)$/.test(key.attr) && key.value.kind === 'Name' && key.value.id === row;
  return (
    key.kind === 'Subscript' &&
    key.value.kind === 'Name' &&
    key.value.id === row &&
    key.index.kind === 'Constant' &&
    /^(id|pk|uuid|guid)$/.test(key.index.value)
  );
}

/** A map of all rows of a table is a table of the program's own. */
function isSelective(chain: readonly string[]): boolean {
  return chain.includes('filter') || chain.includes('exclude');
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
        bindingsOf(part, fn).some(
          ({ source }) =>
            source.kind === 'assign' && source.value !== null && names(source.value, map, fn, steps - 1),
        ));
  });
  return found;
}

function isSize(expr: Expr): boolean {
  return expr.kind === 'Call' && expr.func.kind === 'Name' && expr.func.id === 'len';
}

/** The function itself puts items into the map: `rows[key] = ...`, `rows.setdefault(...)`, `rows.update(...)`. */
function isCompleted(body: readonly Stmt[], map: string): boolean {
  let found = false;
  walkStmts(body, (stmt) => {
    if (
      (stmt.kind === 'Assign' ? stmt.targets : []).some(
        (target) => target.kind === 'Subscript' && dottedName(target.value) === map,
      )
    )
      found = true;
    if (opensScope(stmt)) return;
    for (const expr of stmtExprs(stmt)) {
      walkExpr(expr, (part) => {
        if (
          part.kind === 'Attribute' &&
          /^(setdefault|update|__setitem__)$/.test(part.attr) &&
          dottedName(part.value) === map
        )
          found = true;
      });
    }
  });
  return found;
}

/** The key was taken from the map: `for key in rows`, `sorted(rows)`, `rows.keys()`. */
function comesFromMap(key: Expr, map: BuiltMap, fn: FunctionInfo): boolean {
  const bindings = key.kind === 'Name' ? bindingsOf(key, fn) : [];
  return bindings.some(({ source }) => {
    const from = source.kind === 'for' ? source.iter : source.kind === 'assign' ? source.value : null;
    return from !== null && map.name !== null && names(from, map.name, fn);
  });
}

function bindingsOf(
  name: Extract<Expr, { kind: 'Name' }>,
  fn: FunctionInfo,
): readonly { readonly source: ReturnType<typeof reaching>[number]['source'] }[] {
  const inner = fn.inner
    .filter((scope) => scope.start <= name.start && name.end <= scope.end)
    .flatMap((scope) => scope.bindings.filter((binding) => binding.name === name.id));
  return inner.length > 0 ? inner : reaching(fn.scope.bindings.get(name.id) ?? [], name.start);
}

/** `rows[row.id]` for a row of the same model: it was there a moment before. */
function isRowAtHand(program: Program, key: Expr, map: BuiltMap, fn: FunctionInfo): boolean {
  if (key.kind !== 'Attribute' || !/^(id|pk|uuid|guid)$/.test(key.attr)) return false;
  const owner = parts(program.infer.expr(key.value, fn));
  return owner.every((type) => type.t !== 'row' || type.model.key === map.modelKey);
}

/** `qs[0]` of a queryset: the queryset's expression, and whether it has an order. Null for slices and other things. */
export function firstByIndex(
  program: Program,
  expr: Subscript,
  fn: FunctionInfo,
): { readonly rows: Expr; readonly model: string | null; readonly ordered: boolean } | null {
  if (!isFirst(expr.index)) return null;
  const types = parts(program.infer.expr(expr.value, fn));
  const type = types.length === 1 ? types[0] : undefined;
  if (
    type?.t !== 'queryset' ||
    type.rows.model.name === null ||
    type.rows.chain.some((link) => link.method === 'raw')
  )
    return null;
  const cls = type.rows.model.cls;
  const ordered =
    type.rows.chain.some((link) => link.method === 'order_by' || link.method === 'reverse') ||
    (cls !== null && isOrdered(program.models.meta(cls).ordering));
  return { rows: expr.value, model: type.rows.model.name, ordered };
}

/** Orderings that could not be read stand as `?`. */
function isOrdered(ordering: readonly string[]): boolean {
  return ordering.length > 0 && !ordering.includes('?');
}

/** The single thing that a call asks for: its one keyword, or that of the last `filter` before it. */
export function keyOfCall(call: Call): Expr | null {
  const own = call.args.filter((arg) => arg.star === 0);
  const [only] = own;
  if (own.length === 1 && only !== undefined) return only.value;
  if (own.length > 1 || call.func.kind !== 'Attribute') return null;
  let receiver = call.func.value;
  while (receiver.kind === 'Call' && receiver.func.kind === 'Attribute') {
    if (/^(filter|get_queryset)$/.test(receiver.func.attr) && receiver.args.length === 1)
      return receiver.args[0]?.value ?? null;
    receiver = receiver.func.value;
  }
  return null;
}
