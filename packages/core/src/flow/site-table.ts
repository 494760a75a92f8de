import {
  type AttributeSite,
  type CallSite,
  type FunctionInfo,
  functionSites,
  type Module,
  perModule,
  type Place,
  push,
} from '../project/index.ts';
import { targetNames } from '../scope/index.ts';
import { type Expr, walkExpr } from '../syntax/index.ts';
import { IndirectCalls } from './given-names.ts';
import { partialOf } from './partials.ts';

/** A function named as a value, not called: a callback, an entry of a table. */
export interface Reference {
  readonly expr: Expr;
  readonly place: Place;
  /** The call whose argument it is, or whose argument's `partial` or display it stands in. */
  readonly argumentOf: CallSite['expr'];
  /** That argument. */
  readonly argument: Expr;
}

/** What the sites of one module have under names. Nothing is inferred. */
export interface SiteTable {
  readonly attributes: ReadonlyMap<string, readonly AttributeSite[]>;
  readonly references: ReadonlyMap<string, readonly Reference[]>;
  /** Other names that imports and assignments give a name. */
  readonly aliases: ReadonlyMap<string, readonly string[]>;
  /** Calls of values: nothing in them names the function. */
  readonly indirect: readonly CallSite[];
}

export const siteTable = perModule((module): SiteTable => new SiteCollection(module));

class SiteCollection implements SiteTable {
  readonly attributes = new Map<string, AttributeSite[]>();
  readonly references = new Map<string, Reference[]>();
  readonly aliases = new Map<string, string[]>();
  readonly indirect: CallSite[] = [];
  readonly #nameless = new IndirectCalls();

  constructor(module: Module) {
    for (const fn of module.functions) this.#add(fn);
  }

  #add(fn: FunctionInfo): void {
    const { sites, given, imports } = functionSites(fn);
    for (const site of sites) {
      if (site.kind === 'attribute') push(this.attributes, site.expr.attr, site);
      if (site.kind !== 'call') continue;
      if (this.#nameless.has(site)) this.indirect.push(site);
      const kept = partialOf(site.expr);
      for (const { value } of site.expr.args)
        if (value !== kept) this.#reference(value, site.place, site.expr, value);
    }
    for (const { names } of imports)
      for (const { name, as } of names) if (as !== null && as !== name) this.#alias(name, as);
    for (const { target, value, by } of given) {
      if (by === 'loop' || !mayName(value)) continue;
      for (const { name } of targetNames(target)) this.#valued(value, name);
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
    if (name !== null) push(this.references, name, { expr, place, argumentOf: call, argument });
    else if (kept !== null) this.#reference(kept, place, call, argument);
    else if (expr.kind === 'Dict' || expr.kind === 'List' || expr.kind === 'Tuple') {
      walkExpr(expr, (part) => {
        const inner = part === expr ? null : lastName(part);
        if (inner !== null) push(this.references, inner, { expr: part, place, argumentOf: call, argument });
      });
    }
  }

  #alias(original: string, alias: string): void {
    if (this.aliases.get(original)?.includes(alias) !== true) push(this.aliases, original, alias);
  }
}

/** A value that may name a function or a class: by its own name, or as what a call makes. */
function mayName(value: Expr): boolean {
  return value.kind === 'Name' || value.kind === 'Attribute' || value.kind === 'Call';
}

export function lastName(expr: Expr): string | null {
  return expr.kind === 'Name' ? expr.id : expr.kind === 'Attribute' ? expr.attr : null;
}
