import type { Call, Expr, Param } from '../syntax/index.ts';
import type { FunctionInfo } from './function-info.ts';
import type { Inference } from './infer.ts';
import { parts, type Type, UNKNOWN, union } from './types.ts';

/** Functions that are called in more places take what anybody brings: their arguments say nothing of one type. */
export const MAX_CALLS = 12;

/** The argument that a call hands to a parameter; null when it does not name it. */
export function argumentFor(call: Call, param: Param, index: number): Expr | null {
  for (const [i, arg] of call.args.entries()) {
    if (arg.star !== 0) return null;
    if (arg.name === null ? i === index : arg.name === param.name) return arg.value;
  }
  return null;
}

/** What a parameter is in the calls of its function: rows, models, managers and instances that they hand to it. */
export function argumentType(infer: Inference, param: Param, index: number, fn: FunctionInfo): Type {
  const { def } = fn;
  if (def === null || param.star !== 0) return UNKNOWN;
  const made = fn.isMethod && fn.name === '__init__';
  const name = made ? (fn.cls?.name ?? '') : fn.name;
  const count = infer.program.calls.count(name, MAX_CALLS);
  if (count === 0 || count > MAX_CALLS) return UNKNOWN;
  const found: Type[] = [];
  for (const {
    expr: call,
    place: { fn: caller },
  } of infer.program.calls.of(name)) {
    for (const type of parts(infer.expr(call.func, caller))) {
      const bound = boundArguments(type, fn);
      const value = bound === null ? null : argumentFor(call, param, index - bound);
      if (value !== null) found.push(...parts(infer.expr(value, caller)).filter(isTelling));
    }
  }
  const models = new Set(found.flatMap(modelsOf));
  return union(models.size > 1 ? found.filter((type) => modelsOf(type).length === 0) : found);
}

/** The models whose rows a type brings: where calls bring those of several, each call is looked at on its own. */
function modelsOf(type: Type): string[] {
  switch (type.t) {
    case 'row':
    case 'model':
      return [type.model.key];
    case 'manager':
    case 'queryset':
      return [type.rows.model.key];
    case 'seq':
      return parts(type.item).flatMap(modelsOf);
    default:
      return [];
  }
}

/** How many parameters of the function the callee itself fills; null when it is another function. */
function boundArguments(callee: Type, fn: FunctionInfo): number | null {
  if (callee.t === 'class') return fn.name === '__init__' && callee.cls === fn.cls ? 1 : null;
  if (callee.t !== 'function' || callee.fn !== fn) return null;
  return fn.isMethod && callee.self !== null ? 1 : 0;
}

/** Whether a type that an argument has says something of the parameter. */
export function isTelling(type: Type): boolean {
  switch (type.t) {
    case 'row':
    case 'model':
    case 'manager':
    case 'queryset':
    case 'instance':
    case 'class':
      return true;
    case 'seq':
      return parts(type.item).some(isTelling);
    default:
      return false;
  }
}
