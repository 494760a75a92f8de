import { type FunctionInfo, type NameIndex, nameIndex, type Program } from '../project/index.ts';
import { type AttributeSite, type CallSite, type Reference, sitesOf } from './site-table.ts';
import { Groups, groupMemo } from './site-groups.ts';
import type { CodeSite } from './sites.ts';

const callsOf = nameIndex((module) => sitesOf(module).calls);
const attributesOf = nameIndex((module) => sitesOf(module).attributes);
const referencesOf = nameIndex((module) => sitesOf(module).references);
const aliasesOf = nameIndex((module) => sitesOf(module).aliases);
const indirectOf = nameIndex(
  (module): ReadonlyMap<string, readonly CallSite[]> => new Map([[INDIRECT, sitesOf(module).indirect]]),
);

/** The name under which calls of what a table or a loop gives are kept: nothing in them names the function. */
export const INDIRECT = '()';

const callGroups = groupMemo<CallSite>();
const indirectGroups = groupMemo<CallSite>();
const referenceGroups = groupMemo<Reference>();

/** Call sites of the whole program by the last name they call. Nothing is inferred: questions decide which sites are looked at. */
export class SiteIndex {
  readonly program: Program;
  readonly #calls: NameIndex<CallSite>;
  readonly #attributes: NameIndex<AttributeSite>;
  readonly #references: NameIndex<Reference>;
  readonly #aliases: NameIndex<string>;
  readonly #indirect: NameIndex<CallSite>;

  constructor(program: Program) {
    this.program = program;
    this.#calls = callsOf(program);
    this.#attributes = attributesOf(program);
    this.#references = referencesOf(program);
    this.#aliases = aliasesOf(program);
    this.#indirect = indirectOf(program);
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

  /** Call sites by the functions that they may run, among those under a name. */
  callsBy(targets: (site: CallSite) => readonly FunctionInfo[]): Groups<CallSite> {
    return new Groups(this.#calls, callGroups(this.program), targets);
  }

  /** The same of calls whose callee has no name: they are all under `INDIRECT`. */
  indirectBy(targets: (site: CallSite) => readonly FunctionInfo[]): Groups<CallSite> {
    return new Groups(this.#indirect, indirectGroups(this.program), targets);
  }

  referencesBy(targets: (reference: Reference) => readonly FunctionInfo[]): Groups<Reference> {
    return new Groups(this.#references, referenceGroups(this.program), targets);
  }

  /** A name, and the other names that imports and assignments give it. */
  names(name: string): readonly string[] {
    return [...new Set([name, ...this.#aliases.of(name)])];
  }

  #named<T>(index: NameIndex<T>, name: string): readonly T[] {
    const [own, ...others] = this.names(name).map((one) => index.of(one));
    return others.length === 0 ? (own ?? []) : [...(own ?? []), ...others.flat()];
  }
}
