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
  const root = lookup.exception.split(/\W/, 1)[0] ?? '';
  if (isBound(facts, functions, root) || rootName(node) === root) {
    return { text: lookup.exception, imports: [] };
  }
  const model = managedModel(node);
  if (model !== null) return { text: `${model}.DoesNotExist`, imports: [] };
  return spell(facts, functions, { module: 'django.core.exceptions', name: 'ObjectDoesNotExist' });
}

/** The name that a chain of calls and attributes starts with: it is bound wherever the lookup runs. */
function rootName(node: Expr): string | null {
  let current = node;
  while (current.kind !== 'Name') {
    if (current.kind === 'Call') current = current.func;
    else if (current.kind === 'Attribute' || current.kind === 'Subscript') current = current.value;
    else return null;
  }
  return current.id;
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
