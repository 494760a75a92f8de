import type { FunctionInfo } from '../project/index.ts';
import type { Call } from '../syntax/index.ts';
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
  const { value } = func;
  if (value.kind !== 'Call' || value.func.kind !== 'Name' || value.func.id !== 'super') return null;
  const bases = t.program.hierarchy.externalBases(fn.cls);
  if (!bases.some((base) => /(^|\.)(forms|serializers)\.|(Form|Serializer)$/.test(base))) return null;
  if (t.choices.given(fn, trail.path))
    return [
      originAt(
        'choice',
        `\`${trail.path.join('.')}\`, which the form checked against the rows there are`,
        call,
        fn,
      ),
    ];
  const [data] = args;
  return data === undefined
    ? [originAt('request', 'data that the form cleaned', call, fn)]
    : t.trace(data.value, fn, trail);
}
