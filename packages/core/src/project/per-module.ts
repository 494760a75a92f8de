import type { Module } from './entities.ts';

/** What one module's own text tells, worked out once an edition however many programs the module becomes part of. */
export function perModule<T>(compute: (module: Module) => T): (module: Module) => T {
  const known = new WeakMap<object, { readonly value: T }>();
  return (module) => {
    const before = known.get(module.edition);
    if (before !== undefined) return before.value;
    const value = compute(module);
    known.set(module.edition, { value });
    return value;
  };
}

/** Adds a value to the list under a key. */
export function push<K, T>(map: Map<K, T[]>, key: K, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
