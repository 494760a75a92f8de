import {
  LOOKUP_METHODS,
  OPTIONAL_METHODS,
  QUERYSET_METHODS,
  ROW_MAP_METHODS,
  ROW_METHODS,
  ROWS_METHODS,
  UPSERT_METHODS,
  VALUES_METHODS,
} from '../django/index.ts';
import type { Call, Param } from '../syntax/index.ts';
import { givesValues } from './containers.ts';
import type { ClassInfo } from './entities.ts';
import type { FunctionInfo } from './function-info.ts';
import type { Inference } from './infer.ts';
import { externalResult } from './infer-external.ts';
import { viewAttribute } from './infer-view.ts';
import { NONE, parts, type Type, UNKNOWN, union } from './types.ts';

export function callType(infer: Inference, call: Call, fn: FunctionInfo): Type {
  const callee = infer.expr(call.func, fn);
  if (callee.t === 'unknown') return appConfigModel(infer, call, fn);
  return union(parts(callee).map((part) => resultOf(infer, part, call, fn)));
}

function resultOf(infer: Inference, callee: Type, call: Call, fn: FunctionInfo): Type {
  switch (callee.t) {
    case 'class':
      return instance(infer, callee.cls, call, fn);
    case 'model':
      return { t: 'row', model: callee.model };
    case 'function': {
      const given = infer.callResult(callee, rowArguments(infer, callee, call, fn));
      return given.t === 'unknown' || given.t === 'external'
        ? contracted(infer, callee, call, fn, given)
        : given;
    }
    case 'partial':
      return callee.target;
    case 'rows-method':
      return rowsResult(callee, call);
    case 'external':
      return externalResult(infer, callee.name, call, fn);
    case 'manager':
    case 'queryset':
      return { t: 'manager', rows: callee.rows };
    default:
      return UNKNOWN;
  }
}

/**
 * What a view's method gives by its framework's contract, where its body does not tell: `get_queryset` of a base class that asks
 * `self.model`, a `get_object` that keeps its row, a `filter_queryset` that goes through backends.
 */
function contracted(
  infer: Inference,
  { fn, self }: Extract<Type, { t: 'function' }>,
  call: Call,
  caller: FunctionInfo,
  given: Type,
): Type {
  if (self?.t !== 'instance') return given;
  if (fn.name === 'get_queryset' || fn.name === 'get_object') {
    const view = viewAttribute(infer, self.cls, fn.name);
    return view?.t === 'partial' ? view.target : given;
  }
  if (given.t !== 'unknown') return given;
  const [rows] = call.args;
  const type = fn.name === 'filter_queryset' && rows !== undefined ? infer.expr(rows.value, caller) : UNKNOWN;
  return type.t === 'queryset' || type.t === 'manager' ? type : UNKNOWN;
}

/** Arguments that bring rows into a function, by the parameter that takes them. */
function rowArguments(
  infer: Inference,
  callee: Extract<Type, { t: 'function' }>,
  call: Call,
  fn: FunctionInfo,
): ReadonlyMap<Param, Type> {
  const out = new Map<Param, Type>();
  const skipped = callee.fn.isMethod && callee.self !== null ? 1 : 0;
  for (const [i, arg] of call.args.entries()) {
    if (arg.star !== 0) break;
    const { params } = callee.fn;
    const param = arg.name === null ? params[i + skipped] : params.find(({ name }) => name === arg.name);
    if (param === undefined || param.star !== 0) continue;
    const type = infer.expr(arg.value, fn);
    if (parts(type).some(bringsRows)) out.set(param, type);
  }
  return out;
}

function bringsRows(type: Type): boolean {
  if (type.t === 'seq') return parts(type.item).some(bringsRows);
  return type.t === 'row' || type.t === 'model' || type.t === 'manager' || type.t === 'queryset';
}

/** `SomeClass(...)`; a queryset or manager made by hand is told its model. */
function instance(infer: Inference, cls: ClassInfo, call: Call, fn: FunctionInfo): Type {
  const made = infer.program.instanceOf(cls);
  if (made.t !== 'manager' && made.t !== 'queryset') return made;
  const told = call.args.find(
    (arg, i) => arg.name === 'model' || (i === 0 && arg.name === null && arg.star === 0),
  );
  const model =
    told === undefined ? undefined : parts(infer.expr(told.value, fn)).find((part) => part.t === 'model');
  return model?.t === 'model' ? { t: made.t, rows: { ...made.rows, model: model.model } } : made;
}

/** `apps.get_app_config('crm').get_model('Lead')`. */
function appConfigModel(infer: Inference, { func, args }: Call, fn: FunctionInfo): Type {
  if (func.kind !== 'Attribute' || func.attr !== 'get_model' || func.value.kind !== 'Call') return UNKNOWN;
  const app = func.value.args[0]?.value;
  const config = infer.expr(func.value, fn);
  if (config.t !== 'made' || !/^django\.apps\..*get_app_config$/.test(config.name)) return UNKNOWN;
  if (app?.kind !== 'Constant' || app.type !== 'str') return UNKNOWN;
  return infer.program.models.byArguments({ args }, fn.module, app.value);
}

/** What Django's own manager and queryset methods give. */
function rowsResult({ rows, method }: Extract<Type, { t: 'rows-method' }>, call: Call): Type {
  const row: Type = { t: 'row', model: rows.model };
  if (QUERYSET_METHODS.has(method) || VALUES_METHODS.has(method)) {
    return { t: 'queryset', rows: { ...rows, chain: [...rows.chain, { method, call }] } };
  }
  if (method === 'as_manager' || method === 'from_queryset') return { t: 'manager', rows };
  if (givesValues(rows)) return UNKNOWN;
  if (LOOKUP_METHODS.has(method) || ROW_METHODS.has(method)) return row;
  if (OPTIONAL_METHODS.has(method)) return union([row, NONE]);
  if (UPSERT_METHODS.has(method)) return { t: 'tuple', items: [row, UNKNOWN] };
  if (ROWS_METHODS.has(method)) return { t: 'seq', item: row };
  return ROW_MAP_METHODS.has(method) ? { t: 'map', value: row } : UNKNOWN;
}
