import type { FunctionInfo } from '../project/index.ts';

/** True when the first parameter is the instance or the class, which no argument gives. */
export function isBound(fn: FunctionInfo): boolean {
  const isStatic =
    fn.def?.decorators.some((decorator) => decorator.kind === 'Name' && decorator.id === 'staticmethod') ??
    false;
  return fn.isMethod && !isStatic;
}
