import type { FunctionInfo } from '../project/index.ts';
import type { Expr } from '../syntax/index.ts';
import type { Fate } from './escape.ts';
import type { FoundLookup } from './find-lookups.ts';
import type { Defect, EntryPoint } from './verdict.ts';

const RAISES = /\braises?\b[^]*DoesNotExist|\b(else|otherwise),?\s+raises?\s+(an?\s+)?(exception|error)\b/i;

/**
 * A function that nobody here calls, and whose docstring tells whoever does of the exception; or one that only such functions call.
 * An RPC method's callers are outside, too.
 */
export function documentedMiss({ place: { fn } }: FoundLookup, { escapes, openEdges }: Fate): Defect[] {
  const text = told(fn);
  const isOpen =
    escapes.every(({ entry }) => entry.kind === 'uncalled' || isRpc(entry, fn)) &&
    openEdges.every(({ place }) => told(place.fn) !== null);
  return text !== null && isOpen ? [{ kind: 'documented', at: text }] : [];
}

function isRpc(entry: EntryPoint, fn: FunctionInfo): boolean {
  return entry.kind === 'rpc' && entry.path === fn.path && entry.function === fn.qualname;
}

/** The docstring of a function, when it tells of the exception. */
function told(fn: FunctionInfo): Expr | null {
  const first = fn.def?.body[0];
  const text = first?.kind === 'ExprStmt' && first.value.kind === 'Constant' ? first.value : null;
  return text !== null && RAISES.test(text.value) ? text : null;
}
