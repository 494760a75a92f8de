import type { Expr } from '../syntax/index.ts';
import { annotationType } from './annotations.ts';
import { subscript } from './containers.ts';
import type { FunctionInfo } from './function-info.ts';
import type { Inference } from './infer.ts';
import { attributeType } from './infer-attribute.ts';
import { callType } from './infer-call.ts';
import { narrowedClasses } from './narrow.ts';
import { NONE, parts, type Type, UNKNOWN, union } from './types.ts';

/** The type of an expression, by what its parts are. */
export function expressionType(infer: Inference, expr: Expr, fn: FunctionInfo): Type {
  switch (expr.kind) {
    case 'Name':
      return narrowed(infer, expr, fn, infer.name(expr.id, fn, expr.start));
    case 'Attribute':
      return narrowed(infer, expr, fn, attributeType(infer, expr, fn));
    case 'Call':
      return callType(infer, expr, fn);
    case 'Await':
    case 'Starred':
      return infer.expr(expr.value, fn);
    case 'NamedExpr':
      return infer.expr(expr.value, fn);
    case 'Constant':
      return expr.type === 'none' ? NONE : UNKNOWN;
    case 'IfExp':
      return union([infer.expr(expr.body, fn), infer.expr(expr.orelse, fn)]);
    case 'BoolOp':
      return union([infer.expr(expr.left, fn), infer.expr(expr.right, fn)]);
    case 'Subscript':
      return subscript(infer.expr(expr.value, fn), expr);
    case 'Lambda':
      return { t: 'partial', target: infer.expr(expr.body, fn) };
    case 'Tuple':
      return { t: 'tuple', items: expr.elts.map((item) => infer.expr(item, fn)) };
    case 'List':
    case 'Set':
      return { t: 'seq', item: union(expr.elts.slice(0, 8).map((item) => infer.expr(item, fn))) };
    case 'ListComp':
    case 'SetComp':
    case 'GeneratorExp':
      return { t: 'seq', item: infer.expr(expr.element, fn) };
    case 'Dict':
      return dictType(infer, expr, fn);
    case 'DictComp':
      return { t: 'map', value: expr.value === null ? UNKNOWN : infer.expr(expr.value, fn) };
    case 'BinOp':
      return expr.op === '|' || expr.op === '&' ? combined(infer, expr, fn) : UNKNOWN;
    default:
      return UNKNOWN;
  }
}

const MAX_ENTRIES = 12;

function dictType(infer: Inference, expr: Extract<Expr, { kind: 'Dict' }>, fn: FunctionInfo): Type {
  const known = expr.entries.slice(0, MAX_ENTRIES).map(({ key, value }) => ({
    name: key?.kind === 'Constant' && key.type === 'str' ? key.value : null,
    type: infer.expr(value, fn),
  }));
  const value = union(known.map(({ type }) => type));
  const entries = known.flatMap(({ name, type }) => (name === null ? [] : [{ name, type }]));
  return entries.length < expr.entries.length ? { t: 'map', value } : { t: 'map', value, entries };
}

/** An `isinstance` around the place says what the definitions leave open. */
function narrowed(infer: Inference, expr: Expr, fn: FunctionInfo, type: Type): Type {
  const classes = type.t === 'row' || type.t === 'instance' ? null : narrowedClasses(expr, fn);
  if (classes === null) return type;
  const tested = union(classes.map((cls) => annotationType(infer, cls, fn)));
  return parts(tested).every((part) => part.t === 'row' || part.t === 'instance') && tested.t !== 'unknown'
    ? tested
    : type;
}

/** `qs | qs` is a queryset; other uses of the operators say nothing. */
function combined(infer: Inference, expr: Extract<Expr, { kind: 'BinOp' }>, fn: FunctionInfo): Type {
  const left = infer.expr(expr.left, fn);
  return left.t === 'queryset' ? left : UNKNOWN;
}
