import type { Program } from './program.ts';

/** What the definitions of a program tell (its classes and the top levels of its modules), worked out once however the bodies of its functions change. */
export function perProgram<T>(compute: (program: Program) => T): (program: Program) => T {
  const known = new WeakMap<Program, { readonly value: T }>();
  return (program) => {
    const before = known.get(program);
    if (before !== undefined) return before.value;
    const value = compute(program);
    known.set(program, { value });
    return value;
  };
}
