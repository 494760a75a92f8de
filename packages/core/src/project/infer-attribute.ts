import type { Attribute } from '../syntax/index.ts';
import type { ClassInfo, Module } from './entities.ts';
import type { FunctionInfo } from './function-info.ts';
import { foreignModel } from './foreign.ts';
import type { Inference } from './infer.ts';
import { metaAttribute, modelAttribute, rowAttribute, rowsAttribute } from './infer-model.ts';
import { viewAttribute } from './infer-view.ts';
import { bindMember, classAttribute, externalMember, selfAttribute } from './members.ts';
import { parts, type Type, UNKNOWN, union } from './types.ts';

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
    case 'meta':
      return metaAttribute(infer, base.model, attr);
    case 'instance':
      return instanceAttribute(infer, base.cls, attr, base);
    case 'super':
      return superAttribute(infer, base, attr);
    case 'manager':
    case 'queryset':
      return rowsAttribute(infer, base, attr);
    case 'made':
      return REQUESTS.has(base.name) ? requestAttribute(infer, attr) : UNKNOWN;
    case 'map':
      return mapAttribute(base.value, attr);
    default:
      return UNKNOWN;
  }
}

const REQUESTS: ReadonlySet<string> = new Set([
  'django.http.HttpRequest',
  'django.http.request.HttpRequest',
  'rest_framework.request.Request',
]);

/** A module's own name; what it does not know is nothing. */
function moduleAttribute(infer: Inference, module: Module, attr: string): Type {
  const type = infer.moduleName(module, attr);
  return type.t === 'external' && foreignModel(type.name) === null && type.name === `${module.name}.${attr}`
    ? UNKNOWN
    : type;
}

/** `request.user`, and what the program's own code sets on requests. */
function requestAttribute(infer: Inference, attr: string): Type {
  if (attr === 'user') return { t: 'row', model: infer.program.models.userModel() };
  const set = infer.program.requestAttributes.of(attr);
  return union(set.map(({ value, fn }) => infer.expr(value, fn)));
}

function externalAttribute(infer: Inference, name: string, attr: string): Type {
  const model = name.endsWith('.UserModel') ? infer.program.models.userModel() : foreignModel(name);
  if (model !== null) return modelAttribute(infer, { t: 'model', model }, attr);
  const module = infer.program.index.anywhere(`${name}.${attr}`);
  return module === null ? { t: 'external', name: `${name}.${attr}` } : { t: 'module', module };
}

function mapAttribute(value: Type, attr: string): Type {
  switch (attr) {
    case 'get':
    case 'pop':
    case 'setdefault':
      return { t: 'partial', target: value };
    case 'values':
      return { t: 'partial', target: { t: 'seq', item: value } };
    case 'items':
      return { t: 'partial', target: { t: 'seq', item: { t: 'tuple', items: [UNKNOWN, value] } } };
    case 'popitem':
      return { t: 'partial', target: { t: 'tuple', items: [UNKNOWN, value] } };
    case 'copy':
      return { t: 'partial', target: { t: 'map', value } };
    default:
      return UNKNOWN;
  }
}

function instanceAttribute(infer: Inference, cls: ClassInfo, attr: string, self: Type): Type {
  if (attr === '__class__') return { t: 'class', cls };
  const member = infer.program.hierarchy.member(cls, attr);
  if (member?.method != null) return bindMember(infer, member, self);
  const assigned = selfAttribute(infer, cls, attr);
  const found = member === null ? assigned : union([bindMember(infer, member, self), assigned]);
  if (found.t !== 'unknown' && found.t !== 'none') return found;
  return viewAttribute(infer, cls, attr) ?? (member === null ? externalMember(infer, cls, attr) : found);
}

function superAttribute(infer: Inference, base: Extract<Type, { t: 'super' }>, attr: string): Type {
  const { self } = base;
  const member = infer.program.hierarchy.member(classOf(self) ?? base.cls, attr, base.cls);
  if (member?.method != null) return bindMember(infer, member, self);
  if (self.t === 'manager' || self.t === 'queryset') {
    if (attr === 'get_queryset') return { t: 'partial', target: { t: 'queryset', rows: self.rows } };
    return { t: 'rows-method', rows: { ...self.rows, cls: null }, method: attr, on: self.t };
  }
  return (self.t === 'instance' ? viewAttribute(infer, self.cls, attr) : null) ?? UNKNOWN;
}

/** The class whose method resolution order `super()` goes on in. */
function classOf(self: Type): ClassInfo | null {
  if (self.t === 'row' || self.t === 'model') return self.model.cls;
  return self.t === 'instance' || self.t === 'class' ? self.cls : null;
}
