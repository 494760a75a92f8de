import { type FunctionInfo, parts, type Program, type Type } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { type Attribute, type Call, dottedName, type Expr } from '../syntax/index.ts';
import { modelOf } from './asked-rows.ts';
import { modelNamed } from './live-rows.ts';
import { onlyValue } from './only-value.ts';
import { wordsOf } from './same-words.ts';

/** Methods that leave no row out; a project's own that are called like Django's say so by their names. */
export const KEEPS_ALL =
  /^(all|order_by|reverse|distinct|select_related|select_for_update|prefetch_related|only|defer|using|values|values_list|annotate(_\w+)?)$/;

/**
 * `Log.objects.filter(user=group["user"])` of an item of `Log.objects.values("user")`, `Order.objects.filter(pk=order.pk)`: a row
 * has the values that were read off it.
 */
export function isByOwnValues(program: Program, rows: Expr, fn: FunctionInfo): boolean {
  const [type, other] = parts(program.infer.expr(rows, fn));
  if (type?.t !== 'queryset' || other !== undefined || type.rows.related) return false;
  const asked = type.rows.chain.filter(({ method }) => !KEEPS_ALL.test(method));
  return asked.length > 0 && asked.every(({ call }) => isByOwn(program, call, fn));
}

/** `filter(...)` by nothing but what rows of its own model have in the columns that are asked by. */
export function isByOwn(program: Program, call: Call, fn: FunctionInfo): boolean {
  const { func, args } = call;
  const model = modelOf(program, program.infer.expr(call, fn));
  return (
    func.kind === 'Attribute' &&
    func.attr === 'filter' &&
    model !== null &&
    args.length > 0 &&
    args.every(({ name, star, value }) =>
      star === 2
        ? isOwnEntries(program, value, { fn, model })
        : name !== null && isOwnValue(program, name, value, { fn, model }),
    )
  );
}

/** `**{column: getattr(order, column)}`, whatever the column. */
function isOwnEntries(
  program: Program,
  value: Expr,
  of: { readonly fn: FunctionInfo; readonly model: string },
): boolean {
  return (
    value.kind === 'Dict' &&
    value.entries.every(({ key, value: item }) => {
      if (key === null || item.kind !== 'Call' || dottedName(item.func) !== 'getattr') return false;
      const [owner, column] = item.args.map((arg) => arg.value);
      if (owner === undefined || column === undefined) return false;
      return wordsOf(column) === wordsOf(key) && isRowOf(program, owner, of);
    })
  );
}

function isOwnValue(
  program: Program,
  column: string,
  value: Expr,
  { fn, model }: { readonly fn: FunctionInfo; readonly model: string },
): boolean {
  const read = value.kind === 'Name' ? onlyValue(value, fn) : value;
  if (read?.kind === 'Attribute')
    return [read, relationOf(read)].some(
      (one) =>
        one !== null &&
        (one.attr === column || (isId(column) && isId(one.attr)) || isRelation(column, one)) &&
        isRowOf(program, one.value, { fn, model }),
    );
  if (value.kind !== 'Subscript' || value.value.kind !== 'Name') return false;
  const isColumn = value.index.kind === 'Constant' && value.index.value === column;
  return isColumn && itemsOf(program, value.value, fn).every((type) => modelOf(program, type) === model);
}

/** A row of the model that has a name, or a value of which nothing is known but that it is called like the model. */
function isRowOf(
  program: Program,
  owner: Expr,
  { fn, model }: { readonly fn: FunctionInfo; readonly model: string },
): boolean {
  if (dottedName(owner) === null) return false;
  const types = parts(program.infer.expr(owner, fn));
  if (types.every(({ t }) => t === 'unknown')) return modelNamed(program, owner)?.key === model;
  return types.every((type) => type.t === 'row' && modelOf(program, { t: 'seq', item: type }) === model);
}

/** `order.shop` of `order.shop.pk`. */
function relationOf({ attr, value }: Attribute): Attribute | null {
  return isId(attr) && value.kind === 'Attribute' ? value : null;
}

/** `shop_id` or `shop__pk`, which are asked by `order.shop`, and `shop` by `order.shop_id`. */
function isRelation(column: string, { attr }: Attribute): boolean {
  return column.replace(/(_id|__id|__pk)$/, '') === attr.replace(/_id$/, '');
}

function isId(name: string): boolean {
  return name === 'pk' || name === 'id';
}

/** What a loop gives its name: the types of what it goes through. Unknown for any other name. */
function itemsOf(program: Program, name: Extract<Expr, { kind: 'Name' }>, fn: FunctionInfo): readonly Type[] {
  const bindings = reaching(fn.scope.bindings.get(name.id) ?? [], name.start);
  return bindings.length === 0
    ? [{ t: 'unknown' }]
    : bindings.map(({ source }) =>
        source.kind === 'for' && source.steps.length === 0
          ? program.infer.expr(source.iter, fn)
          : { t: 'unknown' },
      );
}
