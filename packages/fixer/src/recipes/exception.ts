import { dottedName, type Expr, type FixRequest } from '@danglint/core';
import { isBound, type Spelling, spell } from '../build/bindings.ts';
import type { Place } from './place.ts';

/**
 * How an `except` at a place can name what the lookup raises: the model's own class where the file has it, or as the lookup
 * itself spells it (`self.model.objects`: what is bound there is bound in the handler too), else `ObjectDoesNotExist`, which
 * is as exact around a single lookup. Null when no name can be had.
 */
export function exceptionAt(
  { judgement: { lookup }, facts }: FixRequest,
  { functions, node }: Place,
): Spelling | null {
  const bound = (text: string): boolean => isBound(facts, functions, text.split(/\W/, 1)[0] ?? '');
  if (bound(lookup.exception)) return { text: lookup.exception, imports: [] };
  const model = managedModel(node);
  if (model !== null) return { text: `${model}.DoesNotExist`, imports: [] };
  return spell(facts, functions, { module: 'django.core.exceptions', name: 'ObjectDoesNotExist' });
}

const MANAGERS = new Set(['objects', '_default_manager', '_base_manager']);

/** `self.model` of `self.model.objects.filter(...).get(...)`: a manager is read from a class, never from a row. */
function managedModel(node: Expr): string | null {
  let current = node;
  for (;;) {
    if (current.kind === 'Call') current = current.func;
    else if (current.kind === 'Attribute') {
      if (MANAGERS.has(current.attr)) return dottedName(current.value);
      current = current.value;
    } else return null;
  }
}
