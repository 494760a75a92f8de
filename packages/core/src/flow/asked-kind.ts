import type { Expr } from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';
import { isUnchanged } from './asked-already.ts';
import { onlyValue } from './only-value.ts';
import { wordsOf } from './same-words.ts';

/**
 * True where what the same key found a moment ago says which model has the rest of it: `item = find_item(pk)`, then
 * `item.kind_model.objects.get(pk=pk)`.
 */
export function isOfFoundKind({ expr, model, place: { fn } }: FoundLookup, key: Expr | null): boolean {
  if (key === null || key.kind === 'Constant' || model.name !== null || expr.kind !== 'Call') return false;
  let at: Expr = expr.func;
  for (let steps = 0; at.kind === 'Attribute' || at.kind === 'Call'; steps++) {
    if (at.kind === 'Call' && steps > 0 && at.args.length > 0) return false;
    at = at.kind === 'Call' ? at.func : at.value;
  }
  const found = at.kind === 'Name' ? onlyValue(at, fn) : null;
  const call = found?.kind === 'Await' ? found.value : found;
  const wanted = wordsOf(key);
  return (
    call?.kind === 'Call' &&
    call.args.some(({ value }) => wordsOf(value) === wanted) &&
    isUnchanged(key, call, fn)
  );
}
