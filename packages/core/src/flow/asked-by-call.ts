import { type FunctionInfo, parts } from '../project/index.ts';
import { type Call, type Expr, stmtExprs, walkExpr, walkStmts } from '../syntax/index.ts';
import type { CallGraph } from './call-graph.ts';
import { conditions } from './conditions.ts';
import type { FoundLookup } from './find-lookups.ts';
import { sameModel } from './live-rows.ts';
import { lastName } from './site-table.ts';

/** The function asks for rows of the model by one of its parameters. */
export function asksBy({ program }: CallGraph, fn: FunctionInfo, param: string, model: string): boolean {
  let found = false;
  const look = (call: Call): void => {
    if (!call.args.some(({ value }) => value.kind === 'Name' && value.id === param)) return;
    const given = /^a?get_object_or_404$/.test(lastName(call.func) ?? '') ? call.args[0]?.value : undefined;
    const rows = given ?? (call.func.kind === 'Attribute' ? call.func.value : undefined);
    found ||=
      rows !== undefined &&
      parts(program.infer.expr(rows, fn)).some((type) =>
        type.t === 'manager' || type.t === 'queryset'
          ? type.rows.model.key === model
          : type.t === 'model' && type.model.key === model,
      );
  };
  walkStmts(fn.body, (stmt) => {
    for (const expr of stmtExprs(stmt))
      walkExpr(expr, (part) => {
        if (part.kind === 'Call') look(part);
      });
  });
  return found;
}

/**
 * The function raises where it finds no row of the model by one of its parameters, in the column that the lookup asks by: nothing but
 * `get(pk=order_id)`, on every way through it.
 */
export function findsBy(graph: CallGraph, fn: FunctionInfo, param: string, lookup: FoundLookup): boolean {
  const [asked, other] = lookup.expr.kind === 'Call' ? lookup.expr.args : [];
  if (lookup.form !== 'get' || asked === undefined || other !== undefined) return false;
  return surelyAsked(fn).some((call) => {
    const [only, more] = call.args;
    return (
      only?.value.kind === 'Name' &&
      more === undefined &&
      only.value.id === param &&
      only.name === asked.name &&
      asksModel(graph, call, fn, lookup)
    );
  });
}

/** A method of the object at hand raises where it finds no row of the model by the lookup's own words, which are about that object alone. */
export function asksOwn(graph: CallGraph, { func }: Call, fn: FunctionInfo, lookup: FoundLookup): boolean {
  const { expr, place } = lookup;
  const self = place.fn.params[0]?.name;
  if (func.kind !== 'Attribute' || !isOwn(func.value, self)) return false;
  if (!fn.isMethod || !place.fn.isMethod || self === undefined || fn.params[0]?.name !== self) return false;
  const wanted = conditions(expr);
  if (lookup.form !== 'get' || wanted.length === 0 || !isAbout(expr, self)) return false;
  return surelyAsked(fn).some((call) => {
    const asked = conditions(call);
    return wanted.every((condition) => asked.includes(condition)) && asksModel(graph, call, fn, lookup);
  });
}

/** `self`, or `super()`. */
function isOwn(expr: Expr, self: string | undefined): boolean {
  return expr.kind === 'Name' ? expr.id === self : expr.kind === 'Call' && lastName(expr.func) === 'super';
}

/** `get_object_or_404(Order, pk=pk)` as `Order.get(pk=pk)`; other calls as they are. */
export function asGet(call: Call): Call {
  const [rows, ...args] = call.args;
  if (!/^a?get_object_or_404$/.test(lastName(call.func) ?? '') || rows === undefined) return call;
  const { start, end } = call.func;
  return { ...call, func: { kind: 'Attribute', value: rows.value, attr: 'get', start, end }, args };
}

/** The `get` calls of the statements that run whenever the function does, in no `try`. */
function surelyAsked(fn: FunctionInfo): readonly Call[] {
  const out: Call[] = [];
  for (const stmt of fn.body) {
    if (stmt.kind !== 'Assign' && stmt.kind !== 'ExprStmt' && stmt.kind !== 'Return') continue;
    for (const expr of stmtExprs(stmt))
      walkExpr(expr, (part) => {
        if (part.kind !== 'Call') return;
        const call = asGet(part);
        if (call.func.kind === 'Attribute' && /^a?get$/.test(call.func.attr)) out.push(call);
      });
  }
  return out;
}

/** The rows that a `get` is called on are of the lookup's model. */
export function asksModel(
  { program }: CallGraph,
  { func }: Call,
  fn: FunctionInfo,
  { model }: FoundLookup,
): boolean {
  return (
    func.kind === 'Attribute' &&
    /^a?get$/.test(func.attr) &&
    parts(program.infer.expr(func.value, fn)).some((type) =>
      type.t === 'manager' || type.t === 'queryset'
        ? sameModel(program, type.rows.model, model)
        : type.t === 'model' && sameModel(program, type.model, model),
    )
  );
}

/** The arguments of a chain name nothing but the object at hand. */
function isAbout(expr: Expr, self: string): boolean {
  let only = true;
  for (let at = expr; at.kind === 'Call' && at.func.kind === 'Attribute'; at = at.func.value)
    for (const { value } of at.args)
      walkExpr(value, (part) => {
        only &&= part.kind !== 'Name' || part.id === self;
      });
  return only;
}
