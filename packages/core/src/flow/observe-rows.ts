import {
  type ChainLink,
  type FunctionInfo,
  isFirst,
  parts,
  type Program,
  type Rows,
  sitesOf,
} from '../project/index.ts';
import { type Call, dottedName, type Expr, type Subscript } from '../syntax/index.ts';
import type { RowIndex } from './observation.ts';
import { onlyValue } from './only-value.ts';

export interface FirstByIndex {
  /** The queryset, also where a list was made of it. */
  readonly rows: Expr;
  readonly how: RowIndex['how'];
  readonly model: string | null;
  readonly ordered: boolean;
  /** `Settings.objects.all()[0]`: a whole table, in no order that the program gives it. */
  readonly ofTable: boolean;
  /** What the rows are asked by, where that is nothing but constants; null otherwise. */
  readonly constant: Expr | null;
  /** `order.lines.all()[0]`: the rows of another row, chosen by nothing else. */
  readonly ofParent: boolean;
}

/** `qs[0]` and `list(qs)[0]` of a queryset, and whether it has an order. Null for slices and other things. */
export function firstByIndex(program: Program, expr: Subscript, fn: FunctionInfo): FirstByIndex | null {
  if (!isFirst(expr.index)) return null;
  const rows = listed(expr.value, fn);
  return oneOf(program, rows, fn, rows === expr.value ? 'index' : 'list');
}

/** `[row] = qs`, `row, = qs`: the queryset that is taken for one row. */
export function unpackedRow(
  program: Program,
  target: Expr,
  value: Expr,
  fn: FunctionInfo,
): FirstByIndex | null {
  const elts = target.kind === 'Tuple' || target.kind === 'List' ? target.elts : [];
  return elts.length === 1 && elts[0]?.kind !== 'Starred'
    ? oneOf(program, listed(value, fn), fn, 'unpack')
    : null;
}

/** What `list(...)` and `tuple(...)` were made of, also under a name that is given nothing else. */
function listed(expr: Expr, fn: FunctionInfo): Expr {
  if (expr.kind === 'Name') {
    const made = onlyValue(expr, fn);
    const rows = made?.kind === 'Call' && !isFilled(expr.id, fn) ? listed(made, fn) : made;
    return rows === null || rows === made ? expr : rows;
  }
  if (expr.kind !== 'Call' || expr.func.kind !== 'Name' || !/^(list|tuple)$/.test(expr.func.id)) return expr;
  const [only, other] = expr.args;
  return only !== undefined && only.star === 0 && other === undefined ? only.value : expr;
}

/** `orders.append(order)`: the list has more in it than what it was made of. */
function isFilled(list: string, fn: FunctionInfo): boolean {
  return sitesOf(fn).some(
    (site) =>
      site.kind === 'call' &&
      site.expr.func.kind === 'Attribute' &&
      /^(append|extend|insert)$/.test(site.expr.func.attr) &&
      dottedName(site.expr.func.value) === list,
  );
}

function oneOf(
  program: Program,
  rows: Expr,
  fn: FunctionInfo,
  how: FirstByIndex['how'],
): FirstByIndex | null {
  const types = parts(program.infer.expr(rows, fn));
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
  const ofTable = !type.rows.related && type.rows.chain.every(takesAll);
  const ofParent = isOfParent(program, type.rows, fn);
  return {
    rows,
    how,
    model: type.rows.model.name,
    ordered,
    ofTable,
    constant: constantOf(type.rows),
    ofParent,
  };
}

function constantOf({ related, chain }: Rows): Expr | null {
  const asked = chain.flatMap(({ method, call }) =>
    LOADS.test(method) || method === 'order_by' ? [] : call.args,
  );
  const isConstant = asked.every(({ name, value }) => name !== null && value.kind === 'Constant');
  return related || !isConstant ? null : (asked[0]?.value ?? null);
}

function takesAll({ method, call }: ChainLink): boolean {
  return method === 'all' || LOADS.test(method) || (method === 'filter' && call.args.length === 0);
}

/** Orderings that could not be read stand as `?`. */
function isOrdered(ordering: readonly string[]): boolean {
  return ordering.length > 0 && !ordering.includes('?');
}

/** `order.lines.first()`, `order.lines.order_by("id").last()`: one of the rows of another row, chosen by no key. */
export function firstOfParent(program: Program, call: Call, fn: FunctionInfo): boolean {
  return parts(program.infer.expr(call.func, fn)).some(
    (type) =>
      type.t === 'rows-method' &&
      call.args.every(({ name }) => name === null) &&
      isOfParent(program, type.rows, fn),
  );
}

/** The rows that belong to another row (those of a many-to-many relation belong to none); `Line.objects.filter(order=order)` of one at hand says the same. */
function isOfParent(program: Program, rows: Rows, fn: FunctionInfo): boolean {
  const { related, model, chain } = rows;
  const asked = chain.filter(
    ({ method, call }) => call.args.length > 0 && !LOADS.test(method) && method !== 'order_by',
  );
  if (related) return rows.manyToMany !== true && asked.length === 0;
  const [only, other] = asked;
  const [arg, more] = only?.method === 'filter' ? only.call.args : [];
  if (other !== undefined || more !== undefined || arg?.name == null) return false;
  if (arg.name.endsWith('__in')) return isOfOthers(program, arg.value, fn);
  const field = model.cls === null ? null : program.models.field(model.cls, arg.name);
  const types = parts(program.infer.expr(arg.value, fn));
  const isSelf = arg.value.kind === 'Name' && fn.isMethod && arg.value.id === fn.params[0]?.name;
  return (
    !arg.name.includes('__') &&
    field?.kind !== 'o2o' &&
    types.every(({ t }) => t === 'row') &&
    (isSelf || (field?.kind === 'fk' && types.length > 0))
  );
}

/** `order.lines.values_list("product", flat=True)`: all that the rows of another row have in a column. */
function isOfOthers(program: Program, value: Expr, fn: FunctionInfo): boolean {
  return parts(program.infer.expr(value, fn)).some(
    (type) => type.t === 'queryset' && type.rows.related && isOfParent(program, type.rows, fn),
  );
}

/** Methods that say how rows are loaded, or in what shape they come, and choose none of them. */
const LOADS = /^(select_related|prefetch_related|only|defer|using|values|values_list|annotate|alias)$/;

/** `Settings.objects.first()`: the first row of a whole table, in no order that the call names. */
export function firstOfTable(program: Program, call: Call, fn: FunctionInfo): boolean {
  return parts(program.infer.expr(call.func, fn)).some(
    (type) =>
      type.t === 'rows-method' &&
      !type.rows.related &&
      call.args.length === 0 &&
      type.rows.chain.every((link) => link.call.args.length === 0 || LOADS.test(link.method)),
  );
}

/**
 * The single thing that a call asks for: its one keyword, or that of the last `filter` before it that says more than a constant.
 * A constant where the call and all filters before it ask for nothing else.
 */
export function keyOfCall(call: Call): Expr | null {
  const own = call.args.filter((arg) => arg.star === 0).map(({ value }) => value);
  if (own.length === 1 || call.func.kind !== 'Attribute') return own.length === 1 ? (own[0] ?? null) : null;
  const asked = own.length > 0 ? [own] : filtersBefore(call.func.value);
  const told = asked.find(([only, other]) => other === undefined && only?.kind !== 'Constant');
  if (told !== undefined) return own.length > 0 ? null : (told[0] ?? null);
  return asked.flat().every(({ kind }) => kind === 'Constant') ? (asked[0]?.[0] ?? null) : null;
}

/** What each `filter` of a chain asks by, the last first. */
function filtersBefore(rows: Expr): readonly (readonly Expr[])[] {
  const out: Expr[][] = [];
  for (let at = rows; at.kind === 'Call' && at.func.kind === 'Attribute'; at = at.func.value)
    if (/^(filter|get_queryset)$/.test(at.func.attr) && at.args.length > 0)
      out.push(at.args.map(({ value }) => value));
  return out;
}
