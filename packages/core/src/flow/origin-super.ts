import type { FunctionInfo } from '../project/index.ts';
import type { Call, Expr } from '../syntax/index.ts';
import { originAt, type Tracer, type Trail } from './origin-trail.ts';
import type { Origin } from './verdict.ts';

/** Methods of forms and serializers that give checked data. */
const CHECKS = /^(clean|validate|to_internal_value|run_validation)$/;

/**
 * `super().clean()` and `super().to_internal_value(data)` give what the form or serializer checked, item by item; null for
 * other calls.
 */
export function checkedAbove(t: Tracer, call: Call, fn: FunctionInfo, trail: Trail): Origin[] | null {
  const { func, args } = call;
  if (func.kind !== 'Attribute' || !CHECKS.test(func.attr) || fn.cls === null) return null;
  if (!isSuper(func.value)) return null;
  const bases = t.program.hierarchy.externalBases(fn.cls);
  if (!bases.some((base) => /(^|\.)(forms|serializers)\.|(Form|Serializer)$/.test(base))) return null;
  if (t.choices.given(fn, trail.path))
    return [
      originAt(
        'choice',
        `\`${trail.path.join('.')}\`, which the form did not take from the client unchecked`,
        call,
        fn,
      ),
    ];
  const [data] = args;
  return data === undefined
    ? [originAt('request', 'data that the form cleaned', call, fn)]
    : t.trace(data.value, fn, trail);
}

/** Methods of API views that write the row they answer with. */
const WRITES = /^(create|update|partial_update)$/;

/**
 * `super().create(request)` of a view set, which the framework answers: its response shows the row that it has just written, and is
 * nothing that a client sent.
 */
export function answeredAbove(t: Tracer, { func, start, end }: Call, fn: FunctionInfo): Origin[] | null {
  if (func.kind !== 'Attribute' || !WRITES.test(func.attr) || fn.cls === null || !isSuper(func.value))
    return null;
  const { hierarchy } = t.program;
  const [own, ...above] = hierarchy.mro(fn.cls);
  if (above.some((base) => typeof base !== 'string' && base !== own && base.methods.has(func.attr)))
    return null;
  if (!hierarchy.externalBases(fn.cls).some((base) => /(ViewSet|View|ModelMixin)$/.test(base))) return null;
  const detail = `what \`super().${func.attr}\` has just written and answers`;
  return [originAt('choice', detail, { start, end }, fn)];
}

function isSuper(expr: Expr): boolean {
  return expr.kind === 'Call' && expr.func.kind === 'Name' && expr.func.id === 'super';
}
