import { type FunctionInfo, type Module, perModule, push } from '../project/index.ts';
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

/** The sites of one module. Nothing is inferred. */
export interface SiteTable {
  readonly sites: ReadonlyMap<FunctionInfo, readonly CodeSite[]>;
  readonly calls: ReadonlyMap<string, readonly CallSite[]>;
  readonly attributes: ReadonlyMap<string, readonly AttributeSite[]>;
  readonly references: ReadonlyMap<string, readonly Reference[]>;
  /** Other names that imports and assignments give a name. */
  readonly aliases: ReadonlyMap<string, readonly string[]>;
  /** Calls of what a table or a loop gives: nothing in them names the function. */
  readonly indirect: readonly CallSite[];
}

export const sitesOf = perModule((module): SiteTable => new SiteCollection(module));

/** The sites of a function, collected once for as long as the outermost function around it has the same body. */
function sitesIn(fn: FunctionInfo): readonly CodeSite[] {
  let outermost = fn;
  for (let at: FunctionInfo | null = fn; at !== null; at = at.parent) if (at.def !== null) outermost = at;
  const { body } = outermost;
  const before = collected.get(fn);
  if (before?.body === body) return before.sites;
  const sites = collectSites(fn);
  collected.set(fn, { body, sites });
  return sites;
}

const collected = new WeakMap<FunctionInfo, { readonly body: object; readonly sites: readonly CodeSite[] }>();

class SiteCollection implements SiteTable {
  readonly sites = new Map<FunctionInfo, readonly CodeSite[]>();
  readonly calls = new Map<string, CallSite[]>();
  readonly attributes = new Map<string, AttributeSite[]>();
  readonly references = new Map<string, Reference[]>();
  readonly aliases = new Map<string, string[]>();
  readonly indirect: CallSite[] = [];

  constructor(module: Module) {
    for (const fn of module.functions) this.#add(fn);
  }

  #add(fn: FunctionInfo): void {
    const sites = sitesIn(fn);
    this.sites.set(fn, sites);
    for (const site of sites) {
      if (site.kind === 'attribute') push(this.attributes, site.expr.attr, site);
      if (site.kind !== 'call') continue;
      const name = lastName(site.expr.func);
      if (name !== null) push(this.calls, name, site);
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

export function lastName(expr: Expr): string | null {
  return expr.kind === 'Name' ? expr.id : expr.kind === 'Attribute' ? expr.attr : null;
}
