import type { FunctionInfo } from './function-info.ts';
import { nameIndex } from './name-index.ts';
import { perModule, push } from './per-module.ts';
import type { CallSite, CodeSite, FunctionSites } from './sites.ts';

/**
 * What a function's own body has, collected once for as long as the outermost function around it has the same body. Nothing
 * is inferred.
 */
export function functionSites(fn: FunctionInfo): FunctionSites {
  return fn.sites;
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
