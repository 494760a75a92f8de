import { collectSites } from './collect-sites.ts';
import type { FunctionInfo } from './entities.ts';
import { nameIndex } from './name-index.ts';
import { perModule, push } from './per-module.ts';
import type { CallSite, CodeSite, FunctionSites } from './sites.ts';

const collected = new WeakMap<FunctionInfo, { readonly body: object; readonly sites: FunctionSites }>();

/**
 * What a function's own body has, collected once for as long as the outermost function around it has the same body. Nothing
 * is inferred.
 */
export function functionSites(fn: FunctionInfo): FunctionSites {
  let outermost = fn;
  for (let at: FunctionInfo | null = fn; at !== null; at = at.parent) if (at.def !== null) outermost = at;
  const { body } = outermost;
  const before = collected.get(fn);
  if (before?.body === body) return before.sites;
  const sites = collectSites(fn);
  collected.set(fn, { body, sites });
  return sites;
}

/** The sites of a function's own body, in source order. */
export function sitesOf(fn: FunctionInfo): readonly CodeSite[] {
  return functionSites(fn).sites;
}

/** The calls of one module by the last name that they call. */
export const callsOf = perModule((module): ReadonlyMap<string, readonly CallSite[]> => {
  const calls = new Map<string, CallSite[]>();
  for (const fn of module.functions) {
    for (const site of sitesOf(fn)) {
      if (site.kind !== 'call') continue;
      const { func } = site.expr;
      const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : null;
      if (name !== null) push(calls, name, site);
    }
  }
  return calls;
});

/** All calls of a program by the last name that they call. */
export const programCalls = nameIndex(callsOf);
