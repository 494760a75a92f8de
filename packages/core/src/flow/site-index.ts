import {
  type AttributeSite,
  type CallSite,
  type CodeSite,
  type FunctionInfo,
  type NameIndex,
  nameIndex,
  type Program,
  programCalls,
  sitesOf,
} from '../project/index.ts';
import { type Reference, siteTable } from './site-table.ts';
import { Groups, groupMemo } from './site-groups.ts';

type Read = Pick<AttributeSite, 'expr' | 'place'>;

const attributesOf = nameIndex((module) => siteTable(module).attributes);
const referencesOf = nameIndex((module) => siteTable(module).references);
const aliasesOf = nameIndex((module) => siteTable(module).aliases);
const indirectOf = nameIndex((module) => {
  const { indirect } = siteTable(module);
  return new Map<string, readonly CallSite[]>(indirect.length === 0 ? [] : [[INDIRECT, indirect]]);
});

/** The name under which calls of values are kept: nothing in them names the function. */
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
    this.#calls = programCalls(program);
    this.#attributes = attributesOf(program);
    this.#references = referencesOf(program);
    this.#aliases = aliasesOf(program);
    this.#indirect = indirectOf(program);
  }

  /** The sites of one function in source order. */
  of(fn: FunctionInfo): readonly CodeSite[] {
    return sitesOf(fn);
  }

  calls(name: string): readonly CallSite[] {
    return this.#named(this.#calls, name);
  }

  /** The places where an attribute of that name is read, and there called or not. */
  reads(name: string): readonly Read[] {
    const called = this.#named(this.#calls, name).flatMap(({ expr: { func }, place }): Read[] =>
      func.kind === 'Attribute' && func.attr === name ? [{ expr: func, place }] : [],
    );
    return [...this.#named(this.#attributes, name), ...called];
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
