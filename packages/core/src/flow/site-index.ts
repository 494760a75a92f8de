import { type FunctionInfo, NameIndex, type Program } from '../project/index.ts';
import { type AttributeSite, type CallSite, type Reference, type SiteTable, sitesOf } from './site-table.ts';
import type { CodeSite } from './sites.ts';

/** Call sites of the whole program by the last name they call. Nothing is inferred: questions decide which sites are looked at. */
export class SiteIndex {
  readonly program: Program;
  readonly #calls: NameIndex<CallSite>;
  readonly #attributes: NameIndex<AttributeSite>;
  readonly #references: NameIndex<Reference>;
  readonly #aliases: NameIndex<string>;
  /** Calls of what a table or a loop gives: nothing in them names the function. */
  readonly indirect: readonly CallSite[];

  constructor(program: Program) {
    this.program = program;
    const tables = program.modules.map(sitesOf);
    const index = <T>(list: (table: SiteTable) => ReadonlyMap<string, readonly T[]>): NameIndex<T> =>
      new NameIndex(tables.map(list));
    this.#calls = index((table) => table.calls);
    this.#attributes = index((table) => table.attributes);
    this.#references = index((table) => table.references);
    this.#aliases = index((table) => table.aliases);
    this.indirect = tables.flatMap((table) => table.indirect);
  }

  /** The sites of one function in source order. */
  of(fn: FunctionInfo): readonly CodeSite[] {
    return sitesOf(fn.module).sites.get(fn) ?? [];
  }

  calls(name: string): readonly CallSite[] {
    return this.#named(this.#calls, name);
  }

  attributes(name: string): readonly AttributeSite[] {
    return this.#named(this.#attributes, name);
  }

  references(name: string): readonly Reference[] {
    return this.#named(this.#references, name);
  }

  /** Sites under a name and under the other names that imports and assignments give it. */
  #named<T>(index: NameIndex<T>, name: string): readonly T[] {
    const aliases = new Set(this.#aliases.of(name));
    const own = index.of(name);
    return aliases.size === 0 ? own : [...own, ...[...aliases].flatMap((alias) => index.of(alias))];
  }
}

/** Sites under a name by the functions that they stand for, worked out once a name. */
export function grouped<T>(
  known: Map<string, Map<FunctionInfo, T[]>>,
  name: string,
  all: () => readonly T[],
  targets: (item: T) => readonly FunctionInfo[],
): ReadonlyMap<FunctionInfo, readonly T[]> {
  const before = known.get(name);
  if (before !== undefined) return before;
  const groups = new Map<FunctionInfo, T[]>();
  for (const item of all()) {
    for (const fn of targets(item)) {
      const list = groups.get(fn);
      if (list === undefined) groups.set(fn, [item]);
      else if (list.at(-1) !== item) list.push(item);
    }
  }
  known.set(name, groups);
  return groups;
}
