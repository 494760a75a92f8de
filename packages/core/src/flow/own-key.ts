import { type FunctionInfo, functionSites, parts, type Program, sitesOf } from '../project/index.ts';
import { type Attribute, type Call, dottedName, type Expr } from '../syntax/index.ts';
import { argumentsOf } from './arguments.ts';
import { modelNamed } from './live-rows.ts';

/**
 * True for `get_order(order.number)` where the getter asks for an `Order` by just that column: the row is at hand, and is the one
 * that the getter gives. So is the one that `get_invoice(order.pk)` misses before it gives None.
 */
export function asksForItself(program: Program, call: Call, model: string | null, fn: FunctionInfo): boolean {
  const callees = parts(program.infer.expr(call.func, fn)).flatMap((type) =>
    type.t === 'function' ? [type.fn] : [],
  );
  return (
    callees.length > 0 &&
    callees.every((callee) =>
      [...argumentsOf(callee, call, fn)].some(
        ([name, { expr }]) =>
          expr.kind === 'Attribute' &&
          ((model !== null && isRowOf(program, expr.value, model, fn) && asksBy(callee, name, expr)) ||
            (isKey(expr.attr) &&
              missedBy(callee).some((missed) => isRowOf(program, expr.value, missed, fn)))),
      ),
    )
  );
}

function isRowOf(program: Program, owner: Expr, model: string, fn: FunctionInfo): boolean {
  const rows = parts(program.infer.expr(owner, fn)).flatMap((type) => (type.t === 'row' ? [type.model] : []));
  return rows.length > 0
    ? rows.every(({ name }) => name === model)
    : modelNamed(program, owner)?.name === model;
}

/** Its only lookup is by the parameter alone, against the column that was read. */
function asksBy(callee: FunctionInfo, param: string, { attr }: Attribute): boolean {
  const lookups = sitesOf(callee).flatMap((site) =>
    site.kind === 'call' && site.expr.func.kind === 'Attribute' && site.expr.func.attr === 'get'
      ? [site.expr]
      : [],
  );
  const [only, other] = lookups;
  const [arg, more] = only?.args ?? [];
  return (
    other === undefined &&
    more === undefined &&
    arg?.value.kind === 'Name' &&
    arg.value.id === param &&
    functionSites(callee).given.every(({ target }) => target.kind !== 'Name' || target.id !== param) &&
    (arg.name === attr || (isPk(arg.name) && isPk(attr)))
  );
}

/** The models whose missing row a getter answers, by their names. */
function missedBy(callee: FunctionInfo): string[] {
  return functionSites(callee).tries.flatMap(({ handlers }) =>
    handlers.flatMap(({ type }) => {
      const name = type === null ? null : dottedName(type);
      const found = name === null ? null : /(?:^|\.)(\w+)\.DoesNotExist$/.exec(name);
      return found?.[1] ?? [];
    }),
  );
}

function isKey(name: string): boolean {
  return isPk(name) || name === 'uuid';
}

function isPk(name: string | null): boolean {
  return name === 'pk' || name === 'id';
}
