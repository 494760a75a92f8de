import {
  NOT_FOUND_CALLS, OPTIONAL_METHODS, QUERYSET_METHODS, ROW_MAP_METHODS, ROW_METHODS, ROWS_METHODS, UPSERT_METHODS, VALUES_METHODS,
} from '../django/index.ts';
import { type Call, type Expr, opensScope, type Stmt, stmtBlocks } from '../syntax/index.ts';
import { annotationType } from './annotations.ts';
import type { FunctionInfo } from './entities.ts';
import type { Inference } from './infer.ts';
import { NONE, parts, type Type, UNKNOWN, union } from './types.ts';

export function callType(infer: Inference, call: Call, fn: FunctionInfo): Type {
  const callee = infer.expr(call.func, fn);
  return union(parts(callee).map((part) => resultOf(infer, part, call, fn)));
}

function resultOf(infer: Inference, callee: Type, call: Call, fn: FunctionInfo): Type {
  switch (callee.t) {
    case 'class':
      return infer.program.hierarchy.kind(callee.cls) === 'plain' ? { t: 'instance', cls: callee.cls } : infer.program.instanceOf(callee.cls);
    case 'model':
      return { t: 'row', model: callee.model };
    case 'function':
      return functionResult(infer, callee);
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

/** A method's own result; a model or rows that stand for `self` become those of the receiver. */
function functionResult(infer: Inference, callee: Extract<Type, { t: 'function' }>): Type {
  const result = infer.returns(callee.fn);
  const self = callee.self;
  if (self === null) return result;
  return union(parts(result).concat(result.t === 'none' || (result.t === 'union' && result.of.some((part) => part.t === 'none')) ? [NONE] : []).map((part) => rebind(part, self)));
}

function rebind(type: Type, self: Type): Type {
  const model = self.t === 'manager' || self.t === 'queryset' ? self.rows.model : self.t === 'row' || self.t === 'model' ? self.model : null;
  if (model === null) return type;
  if (type.t === 'row' && type.model.key.startsWith('self:')) return { t: 'row', model };
  if ((type.t === 'queryset' || type.t === 'manager') && type.rows.model.key.startsWith('self:')) {
    const chain = self.t === 'queryset' || self.t === 'manager' ? [...self.rows.chain, ...type.rows.chain] : type.rows.chain;
    return { t: type.t, rows: { ...type.rows, model, chain } };
  }
  return type;
}

/** What Django's own manager and queryset methods give. */
function rowsResult(callee: Extract<Type, { t: 'rows-method' }>, call: Call): Type {
  const { rows, method } = callee;
  const row: Type = { t: 'row', model: rows.model };
  const values = rows.chain.some((link) => VALUES_METHODS.has(link.method));
  if (QUERYSET_METHODS.has(method) || VALUES_METHODS.has(method)) {
    return { t: 'queryset', rows: { ...rows, chain: [...rows.chain, { method, call }] } };
  }
  if (method === 'as_manager' || method === 'from_queryset') return { t: 'manager', rows };
  if (values) return UNKNOWN;
  if (method === 'get' || method === 'aget' || method === 'get_from_cache' || method === 'latest' || method === 'earliest' || method === 'alatest' || method === 'aearliest' || method === 'get_by_natural_key' || method === 'get_for_id') return row;
  if (OPTIONAL_METHODS.has(method)) return union([row, NONE]);
  if (ROW_METHODS.has(method)) return row;
  if (UPSERT_METHODS.has(method)) return { t: 'tuple', items: [row, UNKNOWN] };
  if (ROWS_METHODS.has(method)) return { t: 'seq', item: row };
  return ROW_MAP_METHODS.has(method) ? { t: 'map', value: row } : UNKNOWN;
}

const SAME_ITEMS = /^builtins\.(list|tuple|set|sorted|iter|reversed|frozenset|filter)$|^itertools\.(chain|islice)$/;

function externalResult(infer: Inference, name: string, call: Call, fn: FunctionInfo): Type {
  const arg = (i: number): Expr | null => call.args.filter((item) => item.name === null && item.star === 0)[i]?.value ?? null;
  const first = arg(0);
  const firstType = (): Type => (first === null ? UNKNOWN : infer.expr(first, fn));
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (name.startsWith('django.contrib.auth.') && last === 'get_user_model') return { t: 'model', model: infer.program.models.userModel() };
  if (last === 'get_model' && name.startsWith('django.apps.')) return infer.program.models.byArguments(call, fn.module);
  if (NOT_FOUND_CALLS.has(last)) return rowOf(infer, firstType());
  if (last === 'super' && name === 'builtins.super') return superType(infer, fn);
  if (name === 'functools.partial') return { t: 'partial', target: callable(infer, first, fn) };
  if (SAME_ITEMS.test(name)) return { t: 'seq', item: infer.itemOf(firstType()) };
  if (name === 'builtins.enumerate') return { t: 'seq', item: { t: 'tuple', items: [UNKNOWN, infer.itemOf(firstType())] } };
  if (name === 'builtins.zip') {
    return { t: 'seq', item: { t: 'tuple', items: call.args.map((item) => infer.itemOf(infer.expr(item.value, fn))) } };
  }
  if (name === 'builtins.next') return union([infer.itemOf(firstType())]);
  if (name === 'builtins.type' && call.args.length === 1) return infer.program.attribute(firstType(), '__class__');
  if (name === 'builtins.getattr' && first !== null) {
    const attr = arg(1);
    return attr?.kind === 'Constant' && attr.type === 'str' ? infer.program.attribute(firstType(), attr.value) : UNKNOWN;
  }
  if (name === 'copy.copy' || name === 'copy.deepcopy' || name === 'typing.cast') return name === 'typing.cast' ? castType(infer, call, fn) : firstType();
  return { t: 'made', name };
}

function castType(infer: Inference, call: Call, fn: FunctionInfo): Type {
  const target = call.args[0]?.value;
  return target === undefined ? UNKNOWN : annotationType(infer, target, fn);
}

function callable(infer: Inference, expr: Expr | null, fn: FunctionInfo): Type {
  const type = expr === null ? UNKNOWN : infer.expr(expr, fn);
  return union(parts(type).map((part) => (part.t === 'function' ? infer.returns(part.fn) : part.t === 'class' ? infer.program.instanceOf(part.cls) : UNKNOWN)));
}

/** The row behind what `get_object_or_404` was given: a model, a manager or a queryset. */
function rowOf(infer: Inference, type: Type): Type {
  return union(
    parts(type).map((part): Type => {
      if (part.t === 'model') return { t: 'row', model: part.model };
      const foreign = part.t === 'external' ? infer.program.models.external(part.name) : null;
      if (foreign !== null) return { t: 'row', model: foreign };
      return part.t === 'manager' || part.t === 'queryset' ? { t: 'row', model: part.rows.model } : UNKNOWN;
    }),
  );
}

function superType(infer: Inference, fn: FunctionInfo): Type {
  for (let scope: FunctionInfo | null = fn; scope !== null; scope = scope.parent) {
    if (!scope.isMethod || scope.cls === null) continue;
    const self = infer.selfType(scope);
    return self === null ? UNKNOWN : { t: 'super', cls: scope.cls, self };
  }
  return UNKNOWN;
}

/** The result of a function: its annotation where it tells, else what its `return` statements give. */
export function returnType(infer: Inference, fn: FunctionInfo): Type {
  const def = fn.def;
  if (def === null) return UNKNOWN;
  if (def.returns !== null) {
    const name = def.returns.kind === 'Name' ? def.returns.id : def.returns.kind === 'Constant' ? def.returns.value : '';
    if (name === 'Self') return infer.selfType(fn) ?? UNKNOWN;
    const declared = annotationType(infer, def.returns, fn.parent ?? fn);
    if (declared.t !== 'unknown') return declared;
  }
  if (def.generator) return { t: 'seq', item: UNKNOWN };
  const values: Type[] = [];
  const visit = (body: readonly Stmt[]): void => {
    for (const stmt of body) {
      if (stmt.kind === 'Return') values.push(stmt.value === null ? NONE : infer.expr(stmt.value, fn));
      if (!opensScope(stmt)) for (const block of stmtBlocks(stmt)) visit(block);
    }
  };
  visit(def.body);
  return union(values);
}
