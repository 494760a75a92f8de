import type { Lookup, LookupForm } from '@danglint/core';

/** Forms that ask for a row by a key of their own; the others follow a row that is at hand. */
const ASKING: ReadonlySet<LookupForm> = new Set(['get', 'ordered', 'cached', 'raising-call']);

export function asks({ form }: Lookup): boolean {
  return ASKING.has(form);
}
