import { type FunctionInfo, parts, type Program, sitesOf } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import {
  type Attribute,
  type Call,
  chainStart,
  dottedName,
  type Expr,
  stmtExprs,
  walkExpr,
  walkStmts,
} from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';

/** True for `link.has_job()` and `event.has_menu`: a member of the row's class that finds out whether the relation has a row. */
export function asksThrough(program: Program, part: Expr, read: Attribute, fn: FunctionInfo): boolean {
  const member = part.kind === 'Call' ? part.func : part;
  if (member.kind !== 'Attribute' || member.attr === read.attr) return false;
  const owner = dottedName(read.value);
  if (owner === null) return false;
  const own = dottedName(member.value) === owner;
  if (!own && !hangsOn(member.value, owner, fn)) return false;
  return parts(program.infer.expr(member.value, fn)).some((type) => {
    const cls = type.t === 'row' ? type.model.cls : null;
    const method = cls === null ? null : (program.hierarchy.member(cls, member.attr)?.method ?? null);
    if (method === null || method === fn) return false;
    return own ? triesOwn(method, read.attr) : triesOwner(method, read.attr);
  });
}

/** `user.profile`, or the name that it was assigned to. */
function hangsOn(expr: Expr, owner: string, fn: FunctionInfo): boolean {
  const [only, other] =
    expr.kind === 'Name' ? reaching(fn.scope.bindings.get(expr.id) ?? [], expr.start) : [];
  const source = other === undefined ? only?.source : undefined;
  const value = source?.kind === 'assign' && source.steps.length === 0 ? source.value : expr;
  return value?.kind === 'Attribute' && dottedName(value.value) === owner;
}

/** The method reads the relation of the row that its own hangs on in a `try`: `self.user.membership`. */
function triesOwner(method: FunctionInfo, accessor: string): boolean {
  const self = method.params[0]?.name ?? 'self';
  return sitesOf(method).some((site) => {
    if (site.kind !== 'attribute' || site.place.frame?.kind !== 'try') return false;
    const [root, column, read, more] = dottedName(site.expr)?.split('.') ?? [];
    return root === self && column !== undefined && read === accessor && more === undefined;
  });
}

/** The method reads the relation of its own row in a `try`, or asks `hasattr(self, "job")`. */
function triesOwn(method: FunctionInfo, accessor: string): boolean {
  const self = method.params[0]?.name ?? 'self';
  const inTry = sitesOf(method).some(
    (site) =>
      site.kind === 'attribute' &&
      site.place.frame?.kind === 'try' &&
      dottedName(site.expr) === `${self}.${accessor}`,
  );
  return inTry || sitesOf(method).some((site) => site.kind === 'call' && asksByName(site.expr, accessor));
}

/** `hasattr(self, "job")` and `getattr(self, "job", None)`. */
function asksByName({ func, args }: Call, accessor: string): boolean {
  const asks =
    func.kind === 'Name' && (func.id === 'hasattr' || (func.id === 'getattr' && args.length === 3));
  const name = args[1]?.value;
  return asks && name?.kind === 'Constant' && name.value === accessor;
}

/** True for `hasattr(order, "payment")` before `Payment.objects.get(order=order)`. */
export function asksByAccessor(program: Program, call: Call, fn: FunctionInfo, lookup: FoundLookup): boolean {
  const { func, args } = call;
  const [row, name] = args;
  if (func.kind !== 'Name' || func.id !== 'hasattr' || lookup.expr.kind !== 'Call') return false;
  const owner = row === undefined ? null : dottedName(row.value);
  const accessor = name?.value.kind === 'Constant' ? name.value.value : null;
  if (row === undefined || owner === null || accessor === null) return false;
  const [only, other] = lookup.expr.args;
  return (
    other === undefined &&
    only !== undefined &&
    dottedName(only.value) === owner &&
    parts(program.infer.expr(row.value, fn)).some(
      (type) =>
        type.t === 'row' && program.models.reverse(type.model, accessor)?.model.key === lookup.model.key,
    )
  );
}

/**
 * True for a call of a function of the program that gives back whether there are rows of the lookup's model, all of whose
 * arguments what runs behind it asks by, too: `event.is_full_for(user)` before `Seat.objects.get(event=event, user=user)`.
 */
export function existsThrough(
  program: Program,
  call: Call,
  { fn, at }: { readonly fn: FunctionInfo; readonly at: Expr },
  lookup: FoundLookup,
): boolean {
  if (call.args.length === 0) return false;
  const asked = new Set<string>();
  walkExpr(at, (part) => {
    const name = dottedName(part);
    if (name !== null) asked.add(name);
  });
  const given = call.args.map(({ value }) => dottedName(value));
  if (!given.every((name) => name !== null && asked.has(name)) || given.every(isRequest)) return false;
  return parts(program.infer.expr(call.func, fn)).some(
    (type) => type.t === 'function' && type.fn !== fn && givesExistence(program, type.fn, lookup),
  );
}

/** A question that is given nothing else may be about anything of it. */
function isRequest(name: string | null): boolean {
  return name !== null && /(^|\.)request$/.test(name);
}

const COUNTS = /^a?(exists|count)$/;

/** What a function that is called for it, `exists(...)`, finds the row with. */
const FINDS = /^a?(get|first)$/;

function givesExistence(program: Program, fn: FunctionInfo, lookup: FoundLookup): boolean {
  const model = lookup.model.key;
  const accessor = lookup.byName === true ? accessorText(lookup.expr) : null;
  const tells = /(^|_)exists(_|$)/.test(fn.name);
  let found = false;
  walkStmts(fn.body, (stmt) => {
    if (stmt.kind !== 'Return' && stmt.kind !== 'If' && !(tells && stmt.kind === 'Assign')) return;
    for (const expr of stmtExprs(stmt))
      walkExpr(expr, (part) => {
        if (part.kind !== 'Call' || part.func.kind !== 'Attribute') return;
        if (!(stmt.kind === 'Assign' ? FINDS : COUNTS).test(part.func.attr)) return;
        const rows = part.func.value;
        found ||=
          (accessor !== null && accessorText(rows) === accessor) ||
          isBetween(program, rows, fn, model) ||
          parts(program.infer.expr(rows, fn)).some(
            (type) => (type.t === 'queryset' || type.t === 'manager') && type.rows.model.key === model,
          );
      });
  });
  return found;
}

/** `group.members.filter(...)` of a many-to-many relation, from either side, with the model between the two. */
export function isBetween({ infer, models }: Program, rows: Expr, fn: FunctionInfo, model: string): boolean {
  const current = chainStart(rows);
  if (current.kind !== 'Attribute') return false;
  const { attr, value } = current;
  return parts(infer.expr(value, fn)).some((type) => {
    if (type.t !== 'row' || type.model.cls === null) return false;
    const field = models.field(type.model.cls, attr) ?? models.reverse(type.model, attr)?.field;
    return field?.through?.key === model;
  });
}

/** `event.orders` of `event.orders.filter(...).get()`. */
export function accessorText(expr: Expr): string | null {
  return dottedName(chainStart(expr));
}
