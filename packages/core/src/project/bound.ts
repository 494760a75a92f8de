import type { Binding } from '../scope/index.ts';
import type { Param } from '../syntax/index.ts';
import { annotationType } from './annotations.ts';
import { argumentType } from './arguments.ts';
import { itemOf, step } from './containers.ts';
import type { FunctionInfo } from './function-info.ts';
import type { Inference } from './infer.ts';
import { resolvedRow, shownRow } from './row-parameters.ts';
import { sentBy } from './sent-by.ts';
import { parts, type Type, UNKNOWN, union } from './types.ts';

/** The type that a binding gives its name. `fn` is the function whose binding it is. */
export function boundType(infer: Inference, { source }: Binding, fn: FunctionInfo): Type {
  switch (source.kind) {
    case 'assign': {
      const declared = source.annotation === null ? UNKNOWN : annotationType(infer, source.annotation, fn);
      if (declared.t !== 'unknown' || source.value === null) return declared;
      return step(infer.expr(source.value, fn), source.steps);
    }
    case 'param':
      return paramType(infer, source.param, source.index, fn);
    case 'for':
      return step(itemOf(infer.expr(source.iter, fn)), source.steps);
    case 'with':
      return step(entered(infer, infer.expr(source.context, fn)), source.steps);
    case 'import':
      return infer.program.moduleType(source.module, fn.module);
    case 'from':
      return infer.program.importedName(source.level, source.module, source.name, fn.module);
    case 'def':
      return infer.program.functionOf(source.def);
    case 'class':
      return infer.program.classType(source.def);
    default:
      return UNKNOWN;
  }
}

function paramType(infer: Inference, param: Param, index: number, fn: FunctionInfo): Type {
  if (fn.params[index] !== param) return UNKNOWN; // a lambda's
  const resolved = param.annotation === null ? resolvedRow(infer, index, fn) : null;
  if (resolved !== null) return resolved;
  if (index === 0 && fn.isMethod) {
    const self = infer.selfType(fn);
    if (self !== null) return self;
  }
  const declared =
    param.annotation === null ? UNKNOWN : annotationType(infer, param.annotation, fn.parent ?? fn);
  const given = declared.t === 'unknown' || declared.t === 'made' ? infer.given(param) : null;
  if (given !== null) return given;
  if (declared.t === 'unknown') return usualType(infer, param, index, fn);
  if (param.star === 0) return declared;
  return param.star === 1 ? { t: 'seq', item: declared } : { t: 'map', value: declared };
}

/** A parameter without an annotation: what its name means to Django, what calls hand to it, its default. */
function usualType(infer: Inference, param: Param, index: number, fn: FunctionInfo): Type {
  if (param.name === 'request') return { t: 'made', name: 'django.http.HttpRequest' };
  const sent = param.name === 'instance' || param.name === 'sender' ? sentBy(infer, fn, param.name) : UNKNOWN;
  if (sent.t !== 'unknown') return sent;
  if (param.star === 2) return keywordsOf(infer, fn);
  const shown = shownRow(infer, param, fn);
  if (shown.t !== 'unknown') return shown;
  const handed = infer.remembered(param, () => argumentType(infer, param, index, fn));
  return param.default === null ? handed : union([handed, infer.expr(param.default, fn.parent ?? fn)]);
}

/** `**kwargs` of a receiver that takes its row and its model out of them: `kwargs["instance"]`, `kwargs["sender"]`. */
function keywordsOf(infer: Inference, fn: FunctionInfo): Type {
  const entries = ['instance', 'sender'].flatMap((name) => {
    const type = fn.params.some((param) => param.name === name) ? UNKNOWN : sentBy(infer, fn, name);
    return type.t === 'unknown' ? [] : [{ name, type }];
  });
  return entries.length === 0 ? UNKNOWN : { t: 'map', value: UNKNOWN, entries };
}

/** What `with context as name` binds: what `__enter__` gives, or what a generator yields; an unknown class enters itself. */
function entered(infer: Inference, context: Type): Type {
  return union(
    parts(context).map((part): Type => {
      if (part.t === 'seq') return part.item;
      if (part.t !== 'instance') return UNKNOWN;
      const enter =
        infer.program.hierarchy.member(part.cls, '__enter__') ??
        infer.program.hierarchy.member(part.cls, '__aenter__');
      return enter?.method == null ? part : infer.returns(enter.method);
    }),
  );
}
