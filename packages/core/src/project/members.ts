import { annotationType } from './annotations.ts';
import { step } from './containers.ts';
import type { ClassInfo } from './entities.ts';
import type { Member } from './hierarchy.ts';
import type { Inference } from './infer.ts';
import { type Type, UNKNOWN, union } from './types.ts';

/** A name found on a class, bound to `self` when it is a method. */
export function bindMember(infer: Inference, member: Member, self: Type): Type {
  if (member.method !== null) {
    const decorators = infer.program.decoratorNames(member.method);
    const bound: Type = {
      t: 'function',
      fn: member.method,
      self: decorators.includes('builtins.staticmethod') ? null : self,
    };
    return decorators.some((name) => PROPERTY.test(name)) ? infer.callResult(bound) : bound;
  }
  return union(member.bindings.map((binding) => infer.binding(binding, member.cls.bodyScope)));
}

/** Decorators that make a method an attribute. */
export const PROPERTY =
  /(^|\.)(property|cached_property|memoized_property|classproperty|lazy_property|async_cached_property)$/;

export function classAttribute(infer: Inference, cls: ClassInfo, attr: string, self: Type): Type {
  const member = infer.program.hierarchy.member(cls, attr);
  if (member === null) return attr === '__name__' ? UNKNOWN : externalMember(infer, cls, attr);
  if (
    member.method !== null &&
    infer.program.decoratorNames(member.method).includes('builtins.classmethod')
  ) {
    return { t: 'function', fn: member.method, self };
  }
  if (member.method !== null) return { t: 'function', fn: member.method, self: null };
  return bindMember(infer, member, self);
}

/** A member that a class of a package may have. Backends and forms keep `get_user_model()` as `UserModel` (django/contrib/auth/backends.py). */
export function externalMember(infer: Inference, cls: ClassInfo, attr: string): Type {
  const external = infer.program.hierarchy.externalBases(cls).find((base) => !base.startsWith('builtins.'));
  if (external !== undefined && attr === 'UserModel')
    return { t: 'model', model: infer.program.models.userModel() };
  return external === undefined ? UNKNOWN : { t: 'external', name: `${external}.${attr}` };
}

/** `self.attr` as assigned anywhere in the class or its bases. */
export function selfAttribute(infer: Inference, cls: ClassInfo, attr: string): Type {
  const found: Type[] = [];
  for (const base of infer.mro(cls)) {
    if (typeof base === 'string') continue;
    for (const { value, annotation, steps, fn } of base.selfAttributes.get(attr) ?? []) {
      const declared = annotation === null ? UNKNOWN : annotationType(infer, annotation, fn);
      found.push(declared.t !== 'unknown' || value === null ? declared : step(infer.expr(value, fn), steps));
    }
    if (found.length > 0) break;
  }
  return union(found);
}
