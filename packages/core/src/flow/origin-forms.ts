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
    instances(base).some((cls) =>
      t.program.hierarchy.externalBases(cls).some((name) => name.startsWith('django.forms.')),
    );
  if (!isForm) return null;
  return expr.attr === 'data'
    ? originAt('request', 'what a form was sent', expr, fn)
    : originAt(
        'argument',
        isOfUpdate(t, fn) ? 'what the form of a row starts with' : 'what a form starts with',
        expr,
        fn,
      );
}

/** A view that edits one row: its form starts with what the row has. */
function isOfUpdate({ program }: Tracer, { cls }: FunctionInfo): boolean {
  return cls !== null && program.hierarchy.externalBases(cls).some((name) => /(^|\.)UpdateView$/.test(name));
}

/** The forms or serializers that a value may be read from; `form` and `self.form` of a view are of its `form_class`. */
export function cleaners(t: Tracer, owner: Expr, base: Type, fn: FunctionInfo): readonly ClassInfo[] {
  const known = instances(base);
  if (known.length > 0 || fn.cls === null || !/(^|\.)form$/.test(dottedName(owner) ?? '')) return known;
  const member = t.program.hierarchy.member(fn.cls, 'form_class');
  const source = member?.bindings.at(-1)?.source;
  return member === null || source?.kind !== 'assign' || source.value === null
    ? []
    : parts(t.program.infer.expr(source.value, member.cls.bodyScope)).flatMap((type) =>
        type.t === 'class' ? [type.cls] : [],
      );
}

function instances(base: Type): readonly ClassInfo[] {
  return parts(base).flatMap((type) => (type.t === 'instance' ? [type.cls] : []));
}
