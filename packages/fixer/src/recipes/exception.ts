import type { Expr, FixRequest } from '@danglint/core';
import { isBound, type Spelling, spell } from '../build/bindings.ts';
import type { Place } from './place.ts';

/**
 * How an `except` at a place can name what the lookup raises: the model's own class where the model is at hand, else
 * `ObjectDoesNotExist`, which is as exact around a single lookup. Null when neither name can be had.
 */
export function exceptionAt(
  { judgement: { lookup }, facts }: FixRequest,
  { functions }: Place,
): Spelling | null {
  const root = lookup.exception.split(/\W/, 1)[0] ?? '';
  if (root !== '' && (rootName(lookup.call) === root || isBound(facts, functions, root))) return { text: lookup.exception, imports: [] };
  return spell(facts, functions, { module: 'django.core.exceptions', name: 'ObjectDoesNotExist' });
}

/** The name that the lookup's own receiver starts with: it is bound wherever the lookup runs. */
function rootName(call: Expr | null): string | null {
  let current = call;
  while (current !== null && current.kind !== 'Name') {
    if (current.kind === 'Call') current = current.func;
    else if (current.kind === 'Attribute' || current.kind === 'Subscript') current = current.value;
    else return null;
  }
  return current?.id ?? null;
}
