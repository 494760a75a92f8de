import type { Fate } from './escape.ts';
import type { EntryKind } from './verdict.ts';

const SHORT: ReadonlySet<EntryKind> = new Set(['view', 'api', 'graphql', 'serializer', 'admin']);

/** True where an exception comes to entry points, and only to such, that are over soon after they began: what rows said a moment ago still holds. */
export function isShort({ escapes }: Fate): boolean {
  return escapes.length > 0 && escapes.every(({ entry }) => SHORT.has(entry.kind));
}
