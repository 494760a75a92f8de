import type { Module } from './entities.ts';

/** What one module's own text tells, worked out once however many programs the module becomes part of. */
export function perModule<T>(compute: (module: Module) => T): (module: Module) => T {
  const known = new WeakMap<Module, { readonly value: T }>();
  return (module) => {
    const before = known.get(module);
    if (before !== undefined) return before.value;
    const value = compute(module);
    known.set(module, { value });
    return value;
  };
}

/** Adds a value to the list under a key. */
export function push<K, T>(map: Map<K, T[]>, key: K, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** Lists by name over all modules of a program, in their order. They are put together for the names that are asked for. */
export class NameIndex<T> {
  readonly #tables = new Map<string, (readonly T[])[]>();
  readonly #joined = new Map<string, readonly T[]>();

  constructor(tables: Iterable<ReadonlyMap<string, readonly T[]>>) {
    for (const table of tables) for (const [name, list] of table) push(this.#tables, name, list);
  }

  of(name: string): readonly T[] {
    const known = this.#joined.get(name);
    if (known !== undefined) return known;
    const joined = this.#tables.get(name)?.flat() ?? [];
    this.#joined.set(name, joined);
    return joined;
  }
}
