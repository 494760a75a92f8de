import type { FunctionInfo, Program } from '../project/index.ts';
import { type Expr, walkExpr } from '../syntax/index.ts';
import { type CodeSite, collectSites, type Place } from './sites.ts';

export type CallSite = Extract<CodeSite, { kind: 'call' }>;
export type AttributeSite = Extract<CodeSite, { kind: 'attribute' }>;

/** A function named as a value, not called: a callback, an entry of a table. */
export interface Reference {
  readonly expr: Expr;
  readonly place: Place;
  /** The call whose argument it is; null elsewhere. */
  readonly argumentOf: CallSite['expr'] | null;
}

/** Call sites of the whole program by the last name they call. Nothing is inferred: questions decide which sites are looked at. */
export class SiteIndex {
  readonly #program: Program;
  readonly #sites = new Map<FunctionInfo, readonly CodeSite[]>();
  readonly #calls = new Map<string, CallSite[]>();
  readonly #attributes = new Map<string, AttributeSite[]>();
  readonly #references = new Map<string, Reference[]>();
  readonly #aliases = new Map<string, Set<string>>();

  constructor(program: Program) {
    this.#program = program;
    for (const fn of program.functions) this.#add(fn);
  }

  /** The sites of one function in source order. */
  of(fn: FunctionInfo): readonly CodeSite[] {
    return this.#sites.get(fn) ?? [];
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
  #named<T>(map: ReadonlyMap<string, readonly T[]>, name: string): readonly T[] {
    const aliases = this.#aliases.get(name);
    const own = map.get(name) ?? [];
    return aliases === undefined ? own : [...own, ...[...aliases].flatMap((alias) => map.get(alias) ?? [])];
  }

  #add(fn: FunctionInfo): void {
    const sites = collectSites(fn);
    this.#sites.set(fn, sites);
    for (const site of sites) {
      if (site.kind === 'attribute') push(this.#attributes, site.expr.attr, site);
      if (site.kind !== 'call') continue;
      const name = lastName(site.expr.func);
      if (name !== null) push(this.#calls, name, site);
      for (const arg of site.expr.args) this.#reference(arg.value, site.place, site.expr);
    }
    for (const [name, bindings] of fn.scope.bindings) {
      for (const { source } of bindings) {
        if (source.kind === 'from' && source.name !== name) this.#alias(source.name, name);
        if (source.kind !== 'assign' || source.value === null) continue;
        const other = lastName(source.value);
        if (other !== null && other !== name) this.#alias(other, name);
      }
    }
  }

  #reference(expr: Expr, place: Place, call: CallSite['expr']): void {
    const name = lastName(expr);
    if (name !== null) push(this.#references, name, { expr, place, argumentOf: call });
    else if (expr.kind === 'Dict' || expr.kind === 'List' || expr.kind === 'Tuple') {
      walkExpr(expr, (part) => {
        const inner = part === expr ? null : lastName(part);
        if (inner !== null) push(this.#references, inner, { expr: part, place, argumentOf: call });
      });
    }
  }

  #alias(original: string, alias: string): void {
    const set = this.#aliases.get(original);
    if (set === undefined) this.#aliases.set(original, new Set([alias]));
    else set.add(alias);
  }

  get program(): Program {
    return this.#program;
  }
}

function push<T>(map: Map<string, T[]>, name: string, value: T): void {
  const list = map.get(name);
  if (list === undefined) map.set(name, [value]);
  else list.push(value);
}

export function lastName(expr: Expr): string | null {
  return expr.kind === 'Name' ? expr.id : expr.kind === 'Attribute' ? expr.attr : null;
}
