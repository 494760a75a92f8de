import { LOOKUP_METHODS, QUERYSET_METHODS } from '../django/index.ts';
import type { Inference } from './infer.ts';
import type { Member } from './hierarchy.ts';
import { bindMember, classAttribute, selfAttribute } from './members.ts';
import { managerRows } from './rows.ts';
import type { Field } from './fields.ts';
import type { Program } from './program.ts';
import { type ModelRef, type Type, UNKNOWN } from './types.ts';

/** `Model.attr`. */
export function modelAttribute(infer: Inference, base: Extract<Type, { t: 'model' }>, attr: string): Type {
  const { model } = base;
  const { models } = infer.program;
  if (attr === '_meta') return { t: 'meta', model };
  const manager = models.manager(model, attr);
  if (manager !== null) return { t: 'manager', rows: manager };
  if (model.cls === null) return UNKNOWN;
  const field = models.field(model.cls, attr);
  if (field !== null)
    return field.kind === 'm2m'
      ? relatedRows(infer, field, attr)
      : { t: 'external', name: 'django.db.models.Field' };
  return classAttribute(infer, model.cls, attr, base);
}

/** `Model._meta.attr`. */
export function metaAttribute(infer: Inference, model: ModelRef, attr: string): Type {
  if (attr === 'model' || attr === 'concrete_model') return { t: 'model', model };
  if (attr !== 'default_manager' && attr !== 'base_manager') return UNKNOWN;
  const rows = infer.program.models.manager(model, `_${attr}`);
  return rows === null ? UNKNOWN : { t: 'manager', rows };
}

function relatedRows(infer: Inference, field: Field, attr: string): Type {
  if (field.target === null) return UNKNOWN;
  const custom = infer.program.models.manager(field.target, '_default_manager')?.custom ?? false;
  return {
    t: 'manager',
    rows: {
      ...managerRows(field.target, null, attr, { related: true, custom }),
      through: field.through,
      manyToMany: field.kind === 'm2m',
    },
  };
}

/** `row.attr`: a relation, a method or attribute of the class, or the way back from another model. */
export function rowAttribute(infer: Inference, base: Extract<Type, { t: 'row' }>, attr: string): Type {
  const { models, hierarchy } = infer.program;
  const { cls } = base.model;
  if (attr === '__class__' || attr === '_model') return { t: 'model', model: base.model };
  if (attr === '_meta') return { t: 'meta', model: base.model };
  if (cls === null) return reverseValue(infer, base.model, attr) ?? UNKNOWN;
  const field = models.field(cls, attr);
  if (field !== null) return fieldValue(infer, field, attr);
  const member = hierarchy.member(cls, attr);
  if (member !== null) {
    const manager = models.manager(base.model, attr);
    if (manager !== null) return { t: 'manager', rows: manager };
    return (
      (isAnnotated(member) ? reverseValue(infer, base.model, attr) : null) ?? bindMember(infer, member, base)
    );
  }
  return reverseValue(infer, base.model, attr) ?? selfAttribute(infer, cls, attr);
}

/** `books: RelatedManager[Book]` in the body: something else gives it its value. */
function isAnnotated({ bindings }: Member): boolean {
  return bindings.every(({ source }) => source.kind === 'assign' && source.value === null);
}

function fieldValue(infer: Inference, field: Field, attr: string): Type {
  if (field.target === null) return UNKNOWN;
  if (field.kind === 'm2m' || field.kind === 'generic') return relatedRows(infer, field, attr);
  return field.kind === 'fk' || field.kind === 'o2o' ? { t: 'row', model: field.target } : UNKNOWN;
}

function reverseValue(infer: Inference, model: ModelRef, attr: string): Type | null {
  const reverse = infer.program.models.reverse(model, attr);
  if (reverse === null) return null;
  if (reverse.kind === 'o2o') return { t: 'row', model: reverse.model };
  const from = infer.program.models.manager(reverse.model, '_default_manager');
  return {
    t: 'manager',
    rows: {
      ...managerRows(reverse.model, from?.cls ?? null, attr, {
        related: true,
        custom: from?.custom ?? false,
      }),
      manyToMany: reverse.field.kind === 'm2m',
    },
  };
}

/** What the program's class of a manager or queryset has under a name: a queryset has no `get` or `latest` of the manager behind it. */
export function rowsMember(
  { hierarchy }: Program,
  { t, rows }: Extract<Type, { t: 'manager' | 'queryset' }>,
  name: string,
): Member | null {
  const member = rows.cls === null ? null : hierarchy.member(rows.cls, name);
  const passed =
    t === 'queryset' && (LOOKUP_METHODS.get(name) ?? 'cached') !== 'cached' && member?.method != null;
  return passed && hierarchy.kind(member.cls) === 'manager' ? null : member;
}

/** An attribute of a manager or queryset: a method of the project's class, or one of Django's. */
export function rowsAttribute(
  infer: Inference,
  base: Extract<Type, { t: 'manager' | 'queryset' }>,
  attr: string,
): Type {
  const { rows } = base;
  if (attr === 'model' || attr === '_model') return { t: 'model', model: rows.model };
  if (attr === 'through' && rows.through != null) return { t: 'model', model: rows.through };
  const member = rowsMember(infer.program, base, attr);
  if (member !== null && (member.method === null || !QUERYSET_METHODS.has(attr) || attr === 'get_queryset'))
    return bindMember(infer, member, base);
  return { t: 'rows-method', rows, method: attr, on: base.t };
}
