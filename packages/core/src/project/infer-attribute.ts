import { QUERYSET_METHODS } from '../django/index.ts';
import type { Attribute } from '../syntax/index.ts';
import { annotationType } from './annotations.ts';
import type { ClassInfo, FunctionInfo, Module } from './entities.ts';
import type { Member } from './hierarchy.ts';
import type { Inference } from './infer.ts';
import { managerRows } from './rows.ts';
import { parts, type Rows, type Type, UNKNOWN, union } from './types.ts';

export function attributeType(infer: Inference, expr: Attribute, fn: FunctionInfo): Type {
  return attributeOf(infer, infer.expr(expr.value, fn), expr.attr);
}

/** The type of `base.attr`. */
export function attributeOf(infer: Inference, base: Type, attr: string): Type {
  return union(parts(base).map((part) => one(infer, part, attr)));
}

function one(infer: Inference, base: Type, attr: string): Type {
  switch (base.t) {
    case 'module':
      return moduleAttribute(infer, base.module, attr);
    case 'external':
      return externalAttribute(infer, base.name, attr);
    case 'class':
      return classAttribute(infer, base.cls, attr, base);
    case 'model':
      return modelAttribute(infer, base, attr);
    case 'row':
      return rowAttribute(infer, base, attr);
    case 'instance':
      return instanceAttribute(infer, base.cls, attr, base);
    case 'super':
      return superAttribute(infer, base, attr);
    case 'manager':
    case 'queryset':
      return rowsAttribute(infer, base, attr);
    case 'made':
      return base.name === 'django.http.HttpRequest' || base.name === 'rest_framework.request.Request'
        ? attr === 'user' ? userRow(infer) : UNKNOWN
        : UNKNOWN;
    case 'map':
      return attr === 'values' || attr === 'get' || attr === 'items' || attr === 'pop' || attr === 'setdefault'
        ? { t: 'partial', target: attr === 'values' ? { t: 'seq', item: base.value } : attr === 'items' ? { t: 'seq', item: { t: 'tuple', items: [UNKNOWN, base.value] } } : base.value }
        : UNKNOWN;
    default:
      return UNKNOWN;
  }
}

/** A module's own name; builtins are not attributes of modules. */
function moduleAttribute(infer: Inference, module: Module, attr: string): Type {
  const type = infer.moduleName(module, attr, new Set());
  return type.t === 'external' && type.name === `builtins.${attr}` ? UNKNOWN : type;
}

export function userRow(infer: Inference): Type {
  return { t: 'row', model: infer.program.models.userModel() };
}

function externalAttribute(infer: Inference, name: string, attr: string): Type {
  const model = infer.program.models.external(name);
  if (model !== null) return modelAttribute(infer, { t: 'model', model }, attr);
  return { t: 'external', name: `${name}.${attr}` };
}

/** A name found on a class, bound to `self` when it is a method. */
function bindMember(infer: Inference, member: Member, self: Type): Type {
  if (member.method !== null) {
    const decorators = infer.program.decoratorNames(member.method);
    if (decorators.some((name) => PROPERTY.test(name))) return infer.returns(member.method);
    const isStatic = decorators.includes('builtins.staticmethod');
    return { t: 'function', fn: member.method, self: isStatic ? null : self };
  }
  return union(member.bindings.map((binding) => infer.binding(binding, member.cls.bodyScope)));
}

/** Decorators that make a method an attribute. */
export const PROPERTY = /(^|\.)(property|cached_property|memoized_property|classproperty|lazy_property|async_cached_property)$/;

function classAttribute(infer: Inference, cls: ClassInfo, attr: string, self: Type): Type {
  const member = infer.program.hierarchy.member(cls, attr);
  if (member === null) return attr === '__name__' ? UNKNOWN : externalMember(infer, cls, attr);
  if (member.method !== null && infer.program.decoratorNames(member.method).includes('builtins.classmethod')) {
    return { t: 'function', fn: member.method, self };
  }
  if (member.method !== null) return { t: 'function', fn: member.method, self: null };
  return bindMember(infer, member, self);
}

function externalMember(infer: Inference, cls: ClassInfo, attr: string): Type {
  const external = infer.program.hierarchy.externalBases(cls)[0];
  return external === undefined ? UNKNOWN : { t: 'external', name: `${external}.${attr}` };
}

function instanceAttribute(infer: Inference, cls: ClassInfo, attr: string, self: Type): Type {
  if (attr === '__class__') return { t: 'class', cls };
  const member = infer.program.hierarchy.member(cls, attr);
  const assigned = selfAttribute(infer, cls, attr);
  if (member !== null) {
    const bound = bindMember(infer, member, self);
    return member.method !== null ? bound : union([bound, assigned]);
  }
  if (assigned.t !== 'unknown') return assigned;
  if (attr === 'request') return { t: 'made', name: 'django.http.HttpRequest' };
  if (attr === 'get_queryset' || attr === 'get_object' || attr === 'object' || attr === 'filter_queryset') return viewMember(infer, cls, attr);
  return externalMember(infer, cls, attr);
}

/** `get_queryset` and `get_object` of generic views, which read the class's `queryset` or `model`. */
function viewMember(infer: Inference, cls: ClassInfo, attr: string): Type {
  const declared = viewRows(infer, cls);
  if (declared === null) return externalMember(infer, cls, attr);
  if (attr === 'object') return { t: 'row', model: declared.model };
  return { t: 'partial', target: attr === 'get_object' ? { t: 'row', model: declared.model } : { t: 'queryset', rows: declared } };
}

function viewRows(infer: Inference, cls: ClassInfo): Rows | null {
  for (const name of ['queryset', 'model']) {
    const member = infer.program.hierarchy.member(cls, name);
    if (member === null || member.method !== null) continue;
    for (const type of parts(bindMember(infer, member, UNKNOWN))) {
      if (type.t === 'queryset' || type.t === 'manager') return type.rows;
      if (type.t === 'model') return managerRows(type.model, null, 'objects');
    }
  }
  return null;
}

/** `self.attr` as assigned anywhere in the class or its bases. */
function selfAttribute(infer: Inference, cls: ClassInfo, attr: string): Type {
  const found: Type[] = [];
  for (const base of infer.mro(cls)) {
    if (typeof base === 'string') continue;
    for (const entry of base.selfAttributes.get(attr) ?? []) {
      const declared = entry.annotation === null ? UNKNOWN : annotationType(infer, entry.annotation, entry.fn);
      found.push(declared.t !== 'unknown' ? declared : entry.value === null ? UNKNOWN : infer.expr(entry.value, entry.fn));
    }
    if (found.length > 0) break;
  }
  return union(found);
}

function modelAttribute(infer: Inference, base: Extract<Type, { t: 'model' }>, attr: string): Type {
  const { model } = base;
  const manager = infer.program.models.manager(model, attr);
  if (manager !== null) return { t: 'manager', rows: manager };
  if (model.cls === null) return UNKNOWN;
  const relation = infer.program.models.field(model.cls, attr);
  if (relation !== null) return { t: 'external', name: 'django.db.models.Field' };
  return classAttribute(infer, model.cls, attr, base);
}

function rowAttribute(infer: Inference, base: Extract<Type, { t: 'row' }>, attr: string): Type {
  const { models } = infer.program;
  const cls = base.model.cls;
  if (attr === '__class__' || attr === '_model') return { t: 'model', model: base.model };
  if (cls === null) return UNKNOWN;
  const field = models.field(cls, attr);
  if (field !== null) {
    if (field.target === null) return UNKNOWN;
    if (field.kind === 'm2m') return { t: 'manager', rows: managerRows(field.target, null, attr, { related: true }) };
    return field.kind === 'fk' || field.kind === 'o2o' ? { t: 'row', model: field.target } : UNKNOWN;
  }
  const member = infer.program.hierarchy.member(cls, attr);
  if (member !== null) {
    const manager = models.manager(base.model, attr);
    return manager !== null ? { t: 'manager', rows: manager } : bindMember(infer, member, base);
  }
  const reverse = models.reverse(cls, attr);
  if (reverse !== null) {
    if (reverse.kind === 'o2o') return { t: 'row', model: reverse.model };
    const from = models.manager(reverse.model, '_default_manager');
    return { t: 'manager', rows: managerRows(reverse.model, from?.cls ?? null, attr, { related: true, custom: from?.custom ?? false }) };
  }
  return selfAttribute(infer, cls, attr);
}

function superAttribute(infer: Inference, base: Extract<Type, { t: 'super' }>, attr: string): Type {
  const start = base.self.t === 'row' ? (base.self.model.cls ?? base.cls) : base.self.t === 'instance' || base.self.t === 'class' ? base.self.cls : base.cls;
  const member = infer.program.hierarchy.member(start, attr, base.cls);
  if (member?.method !== null && member?.method !== undefined) return bindMember(infer, member, base.self);
  const self = base.self;
  if (self.t === 'manager' || self.t === 'queryset') {
    if (attr === 'get_queryset') return { t: 'partial', target: { t: 'queryset', rows: self.rows } };
    return { t: 'rows-method', rows: { ...self.rows, cls: null }, method: attr, on: self.t };
  }
  if (self.t === 'instance' && (attr === 'get_queryset' || attr === 'get_object')) return viewMember(infer, self.cls, attr);
  return UNKNOWN;
}

/** An attribute of a manager or queryset: a method of the project's class, or one of Django's. */
function rowsAttribute(infer: Inference, base: Extract<Type, { t: 'manager' | 'queryset' }>, attr: string): Type {
  const { rows } = base;
  if (attr === 'model' || attr === '_model') return { t: 'model', model: rows.model };
  if (rows.cls !== null) {
    const member = infer.program.hierarchy.member(rows.cls, attr);
    if (member?.method !== null && member?.method !== undefined) {
      if (!QUERYSET_METHODS.has(attr) || attr === 'get_queryset') return bindMember(infer, member, base);
    } else if (member !== null) return bindMember(infer, member, base);
  }
  return { t: 'rows-method', rows, method: attr, on: base.t };
}
