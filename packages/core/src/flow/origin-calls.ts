import { LOOKUP_METHODS, QUERYSET_METHODS } from '../django/index.ts';
import { type ClassInfo, type FunctionInfo, parts, type Type } from '../project/index.ts';
import type { Call, Expr, Stmt } from '../syntax/index.ts';
import { fieldsOf } from './origin-attributes.ts';
import { returnValues, yieldedParts } from './origin-parameters.ts';
import { callOrigin, isSettings } from './origin-sources.ts';
import { answeredAbove, checkedAbove } from './origin-super.ts';
import { convertedParts, methodParts, type Part, type Step } from './origin-steps.ts';
import { madeOf, originAt, telling, type Tracer, type Trail } from './origin-trail.ts';
import { itemOrigins, valuesOrigins } from './origin-values.ts';
import { setOnRequest } from './set-on-request.ts';
import { lastName } from './site-table.ts';
import type { Origin } from './verdict.ts';

/** The origins of a call: of what it reads from, what its function gives back, what it converts. */
export function callOrigins(t: Tracer, expr: Call, fn: FunctionInfo, trail: Trail): Origin[] {
  const whole = { ...trail, path: [] };
  if (expr.func.kind === 'Attribute' && SENT.test(expr.func.attr))
    return [originAt('unknown', 'the result of a task', expr, fn)];
  const known = callOrigin(t.program, expr, fn);
  if (known !== null) {
    const carried =
      known.kind === 'json' ? expr.args.flatMap((arg) => t.trace(arg.value, fn, whole)).filter(tells) : [];
    return carried.length > 0 ? carried : [originAt(known.kind, known.detail, expr, fn)];
  }
  const set = setOnRequest(t.program, expr);
  if (set.length > 0)
    return set.flatMap(({ value, fn: home }) => t.trace(value, home, { ...trail, calls: [] }));
  const checked = checkedAbove(t, expr, fn, trail) ?? answeredAbove(t, expr, fn);
  if (checked !== null) return checked;
  const columns = valuesOrigins(t, expr, trail.path, fn);
  if (columns.length > 0) return columns;
  const item = itemOrigins(t, expr, trail.path, fn);
  if (item.length > 0) return item;
  const types = parts(t.program.infer.expr(expr.func, fn));
  const converted = isForeign(expr.func, types)
    ? convertedParts(lastName(expr.func) ?? '', expr, trail.path)
    : null;
  if (converted !== null) return t.parts(converted, fn, trail);
  const inside = returned(t, expr, fn, trail);
  if (inside.length > 0) return inside;
  const made = types.flatMap((type) =>
    type.t === 'class' ? fieldArguments(t, type.cls, expr, trail.path) : [],
  );
  if (made.length > 0) return t.parts(made, fn, trail);
  if (expr.func.kind === 'Attribute' && TEXT.test(expr.func.attr))
    return madeOf(t, ofMethod(t, expr, fn, trail));
  if (
    expr.func.kind === 'Attribute' &&
    types.every((type) => type.t === 'external') &&
    expr.args.length > 0
  ) {
    if (ITEM.test(expr.func.attr) && isOfSettings(t, expr.func.value, fn)) return partOf(t, expr, fn, trail);
    const given = telling(expr.args.flatMap((arg) => t.trace(arg.value, fn, whole)));
    const item = ITEM.test(expr.func.attr) && !given.some(tells) ? partOf(t, expr, fn, trail) : [];
    if (item.some(tells)) return item;
    return ITEM.test(expr.func.attr) && isNamed(given)
      ? [originAt('unknown', 'an item of what a package gives', expr, fn)]
      : itemsOf(expr, fn, trail, given);
  }
  if (expr.func.kind === 'Attribute' && !types.some((type) => type.t === 'class')) {
    const given = ofMethod(t, expr, fn, trail);
    return TAKES.test(expr.func.attr) ? given : madeOf(t, given);
  }
  const first = expr.args[0]?.value;
  return first === undefined
    ? [originAt('unknown', 'the result of a call', expr, fn)]
    : madeOf(t, t.trace(first, fn, whole));
}

/** Methods that send a task: what it is given says nothing of what it gives back. */
const SENT = /^(apply_async|delay|delay_on_commit|apply_async_on_commit)$/;

/** Methods of text that give it again, or parts of it, whatever they are given. */
const TEXT =
  /^(r?split|splitlines|r?partition|[lr]?strip|lower|upper|casefold|removeprefix|removesuffix|replace)$/;

/** Methods of containers that give an item as it is. */
const TAKES = /^(pop|popleft|get)$/;

const ITEM = /^(get|pop|getlist)$/;

/** `settings.SHOPS.get(host)`: what the setting says, whoever chooses the item. */
function isOfSettings({ program }: Tracer, owner: Expr, fn: FunctionInfo): boolean {
  return (
    owner.kind === 'Attribute' &&
    parts(program.infer.expr(owner.value, fn)).some((type) => isSettings(type, program))
  );
}

/** `forwarded.pop("slug")`: a constant names the item, and is not it. */
function isNamed(given: readonly Origin[]): boolean {
  return given.length > 0 && given.every(({ kind }) => kind === 'literal');
}

function partOf(t: Tracer, expr: Call, fn: FunctionInfo, trail: Trail): Origin[] {
  return telling(t.parts(methodParts(expr, trail.path), fn, trail));
}

/** A method gives a part of what it is called on; where that tells nothing, what it is given: `signer.unsign(token)`. */
function ofMethod(t: Tracer, expr: Call, fn: FunctionInfo, trail: Trail): Origin[] {
  const own = partOf(t, expr, fn, trail);
  if (own.some(tells) || isItemOfConstant(expr, own)) return own;
  if (findsRows(expr)) return [originAt('unknown', 'a row', expr, fn)];
  const given = expr.args.flatMap(({ name, value }) =>
    name === null ? t.trace(value, fn, { ...trail, path: [] }).filter(tells) : [],
  );
  return given.length > 0 ? given : own;
}

/** `TABLE.get(key)` of a constant table: what stands in the table, whoever chooses the key. */
function isItemOfConstant(call: Call, own: readonly Origin[]): boolean {
  const { func } = call;
  return (
    func.kind === 'Attribute' &&
    func.attr === 'get' &&
    !findsRows(call) &&
    own.some(({ kind }) => kind === 'literal')
  );
}

/**
 * What a package makes of settings alone is no setting any more where its items are asked for, `Search(url=settings.URL)[0]`, nor is
 * a row that was found by one: `Product.objects.get(name="coupon")`.
 */
function itemsOf(call: Call, fn: FunctionInfo, { path }: Trail, given: Origin[]): Origin[] {
  return (path.length > 0 || findsRows(call)) &&
    given.every(({ kind }) => kind === 'settings' || kind === 'literal')
    ? [originAt('unknown', 'the result of a call', call, fn)]
    : given;
}

function findsRows({ func, args }: Call): boolean {
  return (
    func.kind === 'Attribute' &&
    (LOOKUP_METHODS.has(func.attr) || QUERYSET_METHODS.has(func.attr)) &&
    args.some(({ name }) => name !== null)
  );
}

function tells({ kind }: Origin): boolean {
  return kind !== 'unknown' && kind !== 'literal';
}

/** What the functions of the program that a call runs give back, their parameters read from this very call. */
function returned(t: Tracer, expr: Call, fn: FunctionInfo, trail: Trail): Origin[] {
  const place = { fn, stmt: NO_STMT, frame: null, loop: null, deferred: null };
  const callees = t.graph.callees({ kind: 'call', expr, place }).slice(0, 3);
  return callees.flatMap((callee) => {
    const calls = [...trail.calls, { callee, call: expr, caller: fn }];
    return t.parts(given(callee, trail.path), callee, { ...trail, calls });
  });
}

/** What a call of a function gives, or of that the part that is asked for: an item of a generator is what it yields. */
function given(fn: FunctionInfo, path: readonly Step[]): readonly Part[] {
  if (fn.def?.generator !== true) return returnValues(fn).map((expr) => ({ expr, path }));
  return path[0] === undefined ? [] : yieldedParts(fn, path);
}

/** The argument that fills a field of a dataclass, named tuple or typed dictionary; all of them when no field is asked for. */
function fieldArguments(t: Tracer, cls: ClassInfo, { args }: Call, [step, ...rest]: readonly Step[]): Part[] {
  const fields = fieldsOf(t, cls);
  if (fields.length === 0) return [];
  const named = args.map(({ name, value }, i) => ({ name: name ?? fields[i], value }));
  const wanted = typeof step === 'string' ? named.filter(({ name }) => name === step) : named;
  return wanted.map(({ value }) => ({ expr: value, path: rest }));
}

const NO_STMT: Stmt = { kind: 'Pass', start: 0 as Expr['start'], end: 0 as Expr['end'] };

/** A function of the language or of a package, or a name that nothing is known of. */
function isForeign(func: Expr, types: readonly Type[]): boolean {
  return (
    types.every((type) => type.t === 'external' || type.t === 'unknown') &&
    (func.kind === 'Name' || types.some((type) => type.t === 'external'))
  );
}
