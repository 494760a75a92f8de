import type { ClassInfo, FunctionInfo, Program } from '../project/index.ts';
import { parts } from '../project/index.ts';
import { type Call, dottedName, type Expr, stmtExprs, walkExpr, walkStmts } from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';
import { sameModel } from './live-rows.ts';
import { onlyValue } from './only-value.ts';
import { raisesWithout } from './raises-without.ts';
import { lastName } from './site-table.ts';
import { assignedIn } from './view-hooks.ts';

/** Methods that Django and its REST framework begin with `get_object()`, in views of one row. */
const OF_ONE_ROW = /^(retrieve|update|partial_update|destroy|get|put|patch|delete)$/;
const VIEWS =
  /^(rest_framework|django\.views\.generic)\..*(Retrieve|Update|Destroy|Detail|Delete|ModelViewSet)/;

/**
 * True for the `self.get_object()` of a view, or a `super().update(...)` that begins with it, that finds the very row of a lookup: by
 * the part of the address that `lookup_url_kwarg`, `lookup_field` or `pk_url_kwarg` names, or by `pk`; or by the lookup's own words.
 */
export function isObjectOfView(program: Program, call: Call, lookup: FoundLookup, key: Expr): boolean {
  const { fn } = lookup.place;
  if (fn.cls === null || !fn.isMethod || !asksObject(program, call, fn, fn.cls)) return false;
  const [asked, other] = lookup.expr.kind === 'Call' ? lookup.expr.args : [];
  if (lookup.form !== 'get' || asked === undefined || other !== undefined) return false;
  const own = program.hierarchy.member(fn.cls, 'get_object')?.method ?? null;
  if (own !== null && raisesWithout(program, own, { lookup, key })) return true;
  const text = (name: string): string | null => textIn(program, fn.cls, name);
  const field = text('lookup_field') ?? 'pk';
  const part = text('lookup_url_kwarg') ?? text('pk_url_kwarg') ?? field;
  return (
    isColumn(asked.name, field) &&
    partOf(key, fn) === part &&
    isFrameworks(program, fn.cls) &&
    isOfModel(program, call, lookup)
  );
}

function asksObject(program: Program, { func }: Call, fn: FunctionInfo, cls: ClassInfo): boolean {
  if (func.kind !== 'Attribute') return false;
  if (func.attr === 'get_object') return dottedName(func.value) === fn.params[0]?.name;
  return (
    OF_ONE_ROW.test(func.attr) &&
    func.value.kind === 'Call' &&
    lastName(func.value.func) === 'super' &&
    program.hierarchy.externalBases(cls).some((base) => VIEWS.test(base))
  );
}

function isColumn(asked: string | null, field: string): boolean {
  const own = /^(pk|id)$/;
  const column = asked?.replace(/__exact$/, '') ?? '';
  return column === field || (own.test(column) && own.test(field));
}

/** The part of the address that a key is: `pk`, `self.kwargs["pk"]`, a name for it. */
function partOf(key: Expr, fn: FunctionInfo): string | null {
  if (key.kind === 'Name') {
    const isParam = fn.params.some(({ name, star }, i) => i > 0 && star === 0 && name === key.id);
    const value = onlyValue(key, fn);
    return isParam && value === null ? key.id : value === null ? null : partOf(value, fn);
  }
  const [owner, index] =
    key.kind === 'Subscript'
      ? [key.value, key.index]
      : key.kind === 'Call' && key.func.kind === 'Attribute' && key.func.attr === 'get'
        ? [key.func.value, key.args[0]?.value]
        : [null, undefined];
  const isAddress = owner !== null && /(^|\.)kwargs$/.test(dottedName(owner) ?? '');
  return isAddress && index?.kind === 'Constant' && index.type === 'str' ? index.value : null;
}

function textIn(program: Program, cls: ClassInfo | null, name: string): string | null {
  const value = cls === null ? null : assignedIn(program, cls, name)?.expr;
  return value?.kind === 'Constant' && value.type === 'str' ? value.value : null;
}

/** `get_object` is the framework's own, or asks that one. */
function isFrameworks(program: Program, cls: ClassInfo): boolean {
  const own = program.hierarchy.member(cls, 'get_object')?.method ?? null;
  if (own === null) return program.hierarchy.externalBases(cls).length > 0;
  let asks = false;
  walkStmts(own.body, (stmt) => {
    for (const expr of stmtExprs(stmt))
      walkExpr(expr, (part) => {
        asks ||=
          part.kind === 'Call' &&
          part.func.kind === 'Attribute' &&
          part.func.attr === 'get_object' &&
          part.func.value.kind === 'Call' &&
          lastName(part.func.value.func) === 'super';
      });
  });
  return asks;
}

/** The view works on the lookup's model, as far as the program says. */
function isOfModel(program: Program, call: Call, { model, place }: FoundLookup): boolean {
  const rows = parts(program.infer.expr(call, place.fn)).flatMap((type) =>
    type.t === 'row' ? [type.model] : [],
  );
  return rows.length === 0 || rows.some((found) => sameModel(program, found, model));
}
