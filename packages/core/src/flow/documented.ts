import type { Fate } from './escape.ts';
import type { FoundLookup } from './find-lookups.ts';
import type { Defect } from './verdict.ts';

const RAISES = /\braises?\b[^]*DoesNotExist/i;

/** A function that nobody here calls, and whose docstring tells whoever does of the exception. */
export function documentedMiss({ place: { fn } }: FoundLookup, { escapes }: Fate): Defect[] {
  const first = fn.def?.body[0];
  const text = first?.kind === 'ExprStmt' && first.value.kind === 'Constant' ? first.value : null;
  const isOpen = escapes.every(({ entry, path }) => entry.kind === 'uncalled' && path.length === 0);
  return text !== null && isOpen && RAISES.test(text.value) ? [{ kind: 'documented', at: text }] : [];
}
