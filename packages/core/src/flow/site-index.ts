import type { FunctionInfo, Program } from '../project/index.ts';
import { type Expr, walkExpr } from '../syntax/index.ts';
import { isIndirect, partialOf } from './callables.ts';
import { type CodeSite, collectSites, type Place } from './sites.ts';

export type CallSite = Extract<CodeSite, { kind: 'call' }>;
export type AttributeSite = Extract<CodeSite, { kind: 'attribute' }>;

/** A function named as a value, not called: a callback, an entry of a table. */
export interface Reference {
  readonly expr: Expr;
  readonly place: Place;
  /** The call whose argument it is, or whose argument's `partial` or display it stands in. */
  readonly argumentOf: CallSite['expr'];
  /** That argument. */
  readonly argument: Expr;
}

/** Call sites of the whole program by the last name they call. Nothing is inferred: questions decide which sites are looked at. */
export class SiteIndex {
  readonly #program: Program;
  readonly #sites = new Map<FunctionInfo, readonly CodeSite[]>();
  readonly #calls = new Map<string, CallSite[]>();
  readonly #attributes = new Map<string, AttributeSite[]>();
  readonly #references = new Map<string, Reference[]>();
  readonly #aliases = new Map<string, Set<string>>();
  /** Calls of what a table or a loop gives: nothing in them names the function. */
  readonly indirect: CallSite[] = [];

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
      if (isIndirect(site.expr, fn)) this.indirect.push(site);
      const kept = partialOf(site.expr);
      for (const { value } of site.expr.args)
        if (value !== kept) this.#reference(value, site.place, site.expr, value);
    }
    for (const [name, bindings] of fn.scope.bindings) {
      for (const { source } of bindings) {
        if (source.kind === 'from' && source.name !== name) this.#alias(source.name, name);
        if (source.kind === 'assign' && source.value !== null) this.#valued(source.value, name);
      }
    }
    for (const param of fn.params) if (param.default !== null) this.#valued(param.default, param.name);
    if (fn.cls?.bodyScope !== fn) return;
    for (const [name, entries] of fn.cls.selfAttributes)
      for (const { value } of entries) if (value !== null) this.#valued(value, name);
  }

  /** `name = other`, `name = partial(other, ...)`, `name = Other()`: calls of the name may be calls of the other one. */
  #valued(value: Expr, name: string): void {
    const made = value.kind === 'Call' ? lastName(value.func) : null;
    if (made !== null && /^_?[A-Z]/.test(made)) return this.#alias(made, name);
    const other = lastName(partialOf(value) ?? value);
    if (other !== null && other !== name) this.#alias(other, name);
  }

  #reference(expr: Expr, place: Place, call: CallSite['expr'], argument: Expr): void {
    const name = lastName(expr);
    const kept = partialOf(expr);
    if (name !== null) push(this.#references, name, { expr, place, argumentOf: call, argument });
    else if (kept !== null) this.#reference(kept, place, call, argument);
    else if (expr.kind === 'Dict' || expr.kind === 'List' || expr.kind === 'Tuple') {
      walkExpr(expr, (part) => {
        const inner = part === expr ? null : lastName(part);
        if (inner !== null) push(this.#references, inner, { expr: part, place, argumentOf: call, argument });
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
