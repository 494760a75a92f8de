import type { FunctionInfo, Module } from './entities.ts';
import { nameIndex } from './name-index.ts';
import { perModule, push } from './per-module.ts';
import { collectSites } from './collect-sites.ts';
import type { CallSite, CodeSite, FunctionSites } from './sites.ts';

/** The sites of one module. Nothing is inferred. */
export interface ModuleSites {
  readonly functions: ReadonlyMap<FunctionInfo, FunctionSites>;
  /** The calls among them by the last name that they call. */
  readonly calls: ReadonlyMap<string, readonly CallSite[]>;
}

export const moduleSites = perModule((module: Module): ModuleSites => {
  const calls = new Map<string, CallSite[]>();
  const functions = new Map<FunctionInfo, FunctionSites>();
  for (const fn of module.functions) {
    const own = sitesIn(fn);
    functions.set(fn, own);
    for (const site of own.sites) {
      if (site.kind !== 'call') continue;
      const { func } = site.expr;
      const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : null;
      if (name !== null) push(calls, name, site);
    }
  }
  return { functions, calls };
});

/** What a function's own body has. */
export function functionSites(fn: FunctionInfo): FunctionSites {
  return moduleSites(fn.module).functions.get(fn) ?? NONE;
}

const NONE: FunctionSites = { sites: [], tries: [], returns: [], given: [], imports: [], binders: [] };

/** The sites of a function's own body, in source order. */
export function sitesOf(fn: FunctionInfo): readonly CodeSite[] {
  return functionSites(fn).sites;
}

/** All calls of a program by the last name that they call. */
export const programCalls = nameIndex((module) => moduleSites(module).calls);

/** The sites of a function, collected once for as long as the outermost function around it has the same body. */
export function sitesIn(fn: FunctionInfo): FunctionSites {
  let outermost = fn;
  for (let at: FunctionInfo | null = fn; at !== null; at = at.parent) if (at.def !== null) outermost = at;
  const { body } = outermost;
  const before = collected.get(fn);
  if (before?.body === body) return before.sites;
  const sites = collectSites(fn);
  collected.set(fn, { body, sites });
  return sites;
}

const collected = new WeakMap<FunctionInfo, { readonly body: object; readonly sites: FunctionSites }>();
