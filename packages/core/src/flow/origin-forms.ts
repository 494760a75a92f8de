import { type ClassInfo, type FunctionInfo, parts, type Type } from '../project/index.ts';
import { dottedName, type Expr } from '../syntax/index.ts';
import { originAt, type Tracer } from './origin-trail.ts';
import type { Origin } from './verdict.ts';

/** `form.data`, as it was sent; `form.initial`, which a view fills in, or the row that is edited. */
export function formData(
  t: Tracer,
  expr: Extract<Expr, { kind: 'Attribute' }>,
  base: Type,
  fn: FunctionInfo,
): Origin | null {
  if (expr.attr !== 'data' && expr.attr !== 'initial') return null;
  const isForm =
    /(^|[._])form$/.test(dottedName(expr.value) ?? '') ||
    cleaners(base).some((cls) =>
      t.program.hierarchy.externalBases(cls).some((name) => name.startsWith('django.forms.')),
    );
  if (!isForm) return null;
  return expr.attr === 'data'
    ? originAt('request', 'what a form was sent', expr, fn)
    : originAt('argument', 'what a form starts with', expr, fn);
}

/** The forms or serializers that a value may be read from. */
export function cleaners(base: Type): readonly ClassInfo[] {
  return parts(base).flatMap((type) => (type.t === 'instance' ? [type.cls] : []));
}
