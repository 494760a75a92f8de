import { SERVED_TENANT } from '../django/index.ts';
import {
  type ClassInfo,
  type FunctionInfo,
  type ModelRef,
  type Module,
  moduleMember,
  parts,
  PROPERTY,
} from '../project/index.ts';
import { dottedName, type Expr } from '../syntax/index.ts';
import { isChecked } from './checked-form.ts';
import { isCachedCopy, modelNamed } from './live-rows.ts';
import { bodyConstants, constantOrigins } from './origin-constants.ts';
import { columnOrigin } from './origin-columns.ts';
import { cleaners, formData } from './origin-forms.ts';
import { shownKey } from './origin-shown.ts';
import { isRequest, isSettings } from './origin-sources.ts';
import { returnValues } from './origin-parameters.ts';
import { setBefore } from './ran-before.ts';
import { originAt, type Tracer, type Trail } from './origin-trail.ts';
import { setOnRequest } from './set-on-request.ts';
import type { Origin } from './verdict.ts';

/** Data that a form or serializer has checked; what came in, too, where it reads it after its own check. */
const CLEANED = /^(cleaned|validated|initial)_data$/;

/** What works on a row, as it is called: `serializer.instance`. */
const WORKS = /(^|[._])(serializer|form)$/;

/** The origins of an attribute: of a request, a setting, a column of a row, a member of an instance. */
export function attributeOrigins(
  t: Tracer,
  expr: Extract<Expr, { kind: 'Attribute' }>,
  fn: FunctionInfo,
  trail: Trail,
): Origin[] {
  const given = setBefore(fn, expr);
  if (given !== null) return t.trace(given, fn, trail);
  if (expr.value.kind === 'Attribute' && expr.value.attr === '_meta')
    return [originAt('literal', `\`${expr.attr}\` of a model`, expr, fn)];
  const base = t.program.infer.expr(expr.value, fn);
  if (expr.attr === 'session' && /(^|\.)request$/.test(dottedName(expr.value) ?? ''))
    return [
      trail.path.length > 0
        ? originAt('cache', 'a value kept in the session', expr, fn)
        : originAt('unknown', 'the session', expr, fn),
    ];
  if (expr.attr === 'session_key' && /(^|\.)session$/.test(dottedName(expr.value) ?? ''))
    return [originAt('request', 'the key of the session that the request runs in', expr, fn)];
  const [step] = trail.path;
  const isChoice =
    typeof step === 'string' &&
    (CLEANED.test(expr.attr)
      ? t.choices.cleaned(step, cleaners(t, expr.value, base, fn), fn)
      : isChecked(t.program, t.choices, { data: expr, name: step }, fn));
  if (isChoice)
    return [
      originAt('choice', `\`${step}\`, which the form did not take from the client unchecked`, expr, fn),
    ];
  if (expr.attr === 'instance' && WORKS.test(dottedName(expr.value) ?? ''))
    return [originAt('row', `\`${dottedName(expr) ?? expr.attr}\`, the row at hand`, expr, fn)];
  const ofForm = shownKey(t, expr, fn, trail) ?? formData(t, expr, base, fn);
  if (ofForm !== null) return [ofForm];
  if (isRequest(expr, fn, base) && !(expr.attr === 'kwargs' && !servesRequests(t, fn)))
    return [originAt('request', `\`${dottedName(expr) ?? expr.attr}\` of the request`, expr, fn)];
  const set = setOnRequest(t.program, expr);
  if (set.length > 0)
    return set.flatMap(({ value, fn: home }) => t.trace(value, home, { ...trail, calls: [] }));
  if (isRoute(t, expr, fn, trail))
    return [originAt('request', "a part of the connection's address", expr, fn)];
  for (const type of parts(base)) {
    if (isSettings(type, t.program)) return [originAt('settings', `setting \`${expr.attr}\``, expr, fn)];
    if (type.t === 'external' && SERVED_TENANT.test(`${type.name}.${expr.attr}`))
      return [originAt('settings', `\`${expr.attr}\` of the tenant that is served`, expr, fn)];
    if (type.t === 'row') return columnOrProperty(t, expr, type.model, fn, trail);
  }
  const constants = parts(base).flatMap((type) =>
    type.t === 'module' ? moduleValues(t, type.module, expr.attr) : [],
  );
  if (constants.length > 0)
    return constants.flatMap(({ value, scope }) => t.trace(value, scope, { ...trail, calls: [] }));
  const held = parts(base).flatMap((type) =>
    type.t === 'instance' ? member(t, type.cls, expr, fn, trail) : [],
  );
  const found = held.length > 0 ? held : constantOrigins(t, expr, base, fn);
  return found.length > 0
    ? found
    : t.trace(expr.value, fn, { ...trail, path: [] }).map((origin) => ofObject(t, expr, origin, fn));
}

/**
 * What a client sends is text and has no `id`: an object that a view is given and reads for one is a row that something before
 * it loaded; a serializer is given rows when it is registered for a model. The model is that one, or the only one of that name;
 * an object that is called like a model proves nothing, so it is no row that is there for certain.
 */
function ofObject(
  t: Tracer,
  { attr, value, start, end }: Extract<Expr, { kind: 'Attribute' }>,
  origin: Origin,
  fn: FunctionInfo,
): Origin {
  const entry = /(^|_)(id|pk)$/.test(attr) ? t.served.get(origin) : undefined;
  if (entry === undefined) return origin;
  const registered = registeredFor(t, entry.cls);
  if (registered === null && t.entries.of(entry) === 'serializer') return origin;
  const model = registered ?? modelNamed(t.program, value);
  const at = { start, end };
  if (model !== null) {
    const { kind, detail } = columnOrigin(t.program, model, attr);
    return originAt(kind, detail, at, fn);
  }
  return /^(id|pk)$/.test(attr)
    ? originAt('row', `\`${attr}\` of \`${dottedName(value) ?? 'an object'}\`, an object at hand`, at, fn)
    : origin;
}

function registeredFor({ program }: Tracer, cls: ClassInfo | null): ModelRef | null {
  for (const base of cls === null ? [] : program.hierarchy.mro(cls)) {
    const model = typeof base === 'string' ? undefined : program.registered.get(base);
    if (model !== undefined) return model;
  }
  return null;
}

/** What a module of the program assigns to a name of its own. */
function moduleValues(
  t: Tracer,
  module: Module,
  name: string,
): readonly { readonly value: Expr; readonly scope: FunctionInfo }[] {
  const ref = moduleMember(t.program, module, name);
  return ref.kind !== 'bindings'
    ? []
    : ref.bindings.flatMap(({ binding: { source }, scope }) =>
        source.kind === 'assign' && source.value !== null && source.steps.length === 0
          ? [{ value: source.value, scope }]
          : [],
      );
}

/** An attribute of an instance of the program: what was assigned to it, what a property gives, or the field it was made with. */
function member(
  t: Tracer,
  cls: ClassInfo,
  expr: Extract<Expr, { kind: 'Attribute' }>,
  fn: FunctionInfo,
  trail: Trail,
): Origin[] {
  for (const base of t.program.hierarchy.mro(cls)) {
    const entries = typeof base === 'string' ? [] : (base.selfAttributes.get(expr.attr) ?? []);
    if (entries.length > 0)
      return entries.flatMap(({ value, fn: home }) =>
        value === null ? [] : t.trace(value, home, { ...trail, calls: [] }),
      );
  }
  const method = t.program.hierarchy.member(cls, expr.attr)?.method;
  if (method !== null && method !== undefined) {
    return isProperty(t, method)
      ? returnValues(method).flatMap((value) => t.trace(value, method, { ...trail, calls: [] }))
      : [];
  }
  const constants = bodyConstants(t, cls, expr, fn);
  if (constants.length > 0) return constants;
  return fieldsOf(t, cls).includes(expr.attr)
    ? t.trace(expr.value, fn, { ...trail, path: [expr.attr, ...trail.path] })
    : [];
}

/** The annotated names of a class's body and of its bases, in the order in which a generated `__init__` takes them. */
export function fieldsOf(t: Tracer, cls: ClassInfo): readonly string[] {
  const names = [...t.program.hierarchy.mro(cls)].reverse().flatMap((base) =>
    typeof base === 'string'
      ? []
      : base.def.body.flatMap((stmt) => {
          const target = stmt.kind === 'Assign' && stmt.annotation !== null ? stmt.targets[0] : undefined;
          return target?.kind === 'Name' ? [target.id] : [];
        }),
  );
  return [...new Set(names)];
}

/** `self.scope["url_route"]` and the like in a consumer of Channels: what the client opened the connection with. */
function isRoute(
  t: Tracer,
  { attr, value }: Extract<Expr, { kind: 'Attribute' }>,
  fn: FunctionInfo,
  { path }: Trail,
): boolean {
  const own = attr === 'scope' && value.kind === 'Name' && value.id === fn.params[0]?.name && fn.cls !== null;
  if (!own || typeof path[0] !== 'string' || !/^(url_route|query_string|path|headers)$/.test(path[0]))
    return false;
  return t.program.hierarchy.externalBases(fn.cls).some((base) => base.endsWith('Consumer'));
}

/** A method of a view class: its `self.kwargs` are the parts of the URL. */
function servesRequests(t: Tracer, { cls }: FunctionInfo): boolean {
  return (
    cls !== null && ['dispatch', 'get', 'post', 'list', 'mutate'].some((name) => t.entries.serves(cls, name))
  );
}

/** What a property of the model gives, where the text tells it; the column otherwise. */
function columnOrProperty(
  t: Tracer,
  expr: Extract<Expr, { kind: 'Attribute' }>,
  model: ModelRef,
  fn: FunctionInfo,
  trail: Trail,
): Origin[] {
  const method = model.cls === null ? null : t.program.hierarchy.member(model.cls, expr.attr)?.method;
  const values = method != null && isProperty(t, method) ? returnValues(method) : [];
  const found = values.flatMap((value) => t.trace(value, method ?? fn, { ...trail, calls: [] }));
  return found.some(({ kind }) => kind !== 'unknown') ? found : [column(t, expr, model, fn)];
}

function isProperty(t: Tracer, method: FunctionInfo): boolean {
  return t.program.decoratorNames(method).some((name) => PROPERTY.test(name));
}

function column(
  t: Tracer,
  expr: Extract<Expr, { kind: 'Attribute' }>,
  model: ModelRef,
  fn: FunctionInfo,
): Origin {
  const { kind, detail, target } = columnOrigin(t.program, model, expr.attr);
  const origin = originAt(kind, detail, expr, fn);
  if (!isCachedCopy(expr.value, fn)) t.values.set(origin, { model, column: expr.attr });
  if (target !== null && !isCachedCopy(expr.value, fn)) t.targets.set(origin, target);
  return origin;
}
