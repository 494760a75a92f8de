import { type FunctionInfo, moduleList, type NameIndex, nameIndex, type Program } from '../project/index.ts';
import { type AttributeSite, type CallSite, type Reference, sitesOf } from './site-table.ts';
import type { CodeSite } from './sites.ts';

const callsOf = nameIndex((module) => sitesOf(module).calls);
const attributesOf = nameIndex((module) => sitesOf(module).attributes);
const referencesOf = nameIndex((module) => sitesOf(module).references);
const aliasesOf = nameIndex((module) => sitesOf(module).aliases);
const indirectOf = moduleList((module) => sitesOf(module).indirect);

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
    this.#calls = callsOf(program);
    this.#attributes = attributesOf(program);
    this.#references = referencesOf(program);
    this.#aliases = aliasesOf(program);
    this.indirect = indirectOf(program);
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
