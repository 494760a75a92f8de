import { type ChainLink, type FunctionInfo, isFirst, parts, type Program } from '../project/index.ts';
import type { Call, Expr, Subscript } from '../syntax/index.ts';

export interface FirstByIndex {
  readonly rows: Expr;
  readonly model: string | null;
  readonly ordered: boolean;
  /** `Settings.objects.all()[0]`: a whole table, in no order that the program gives it. */
  readonly ofTable: boolean;
}

/** `qs[0]` of a queryset: the queryset's expression, and whether it has an order. Null for slices and other things. */
export function firstByIndex(program: Program, expr: Subscript, fn: FunctionInfo): FirstByIndex | null {
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
  const ofTable = !type.rows.related && type.rows.chain.every(takesAll);
  return { rows: expr.value, model: type.rows.model.name, ordered, ofTable };
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
      type.rows.related &&
      call.args.every(({ name }) => name === null) &&
      type.rows.chain.every(
        (link) => link.call.args.length === 0 || LOADS.test(link.method) || link.method === 'order_by',
      ),
  );
}

/** Methods that say how rows are loaded, and choose none of them. */
const LOADS = /^(select_related|prefetch_related|only|defer|using)$/;

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
