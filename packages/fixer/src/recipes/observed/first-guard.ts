import type { Recipe, RowIndex } from '@danglint/core';
import { refuse } from '../result.ts';
import { asLookup, filterArguments } from './as-lookup.ts';
import { guardedValue } from './guard.ts';

const NAME = { name: 'first-guard', pattern: 'B' };

/** `qs[0]` becomes `qs.first()` and a guard. */
export const firstGuard: Recipe = {
  ...NAME,
  build: () => refuse(NAME, 'there is no row by index here'),
  observe(request) {
    const { observation, source } = request;
    if (observation.kind !== 'row-index') return refuse(NAME, 'there is no row by index here');
    const { rows, span, model, how } = observation;
    if (how !== 'index') return refuse(NAME, 'no index of the queryset itself takes the row');
    const open = source.text.indexOf('[', rows.end);
    const written = source.text.slice(rows.start, rows.end);
    if (open < 0 || open > span.end) return refuse(NAME, 'the index was not found');
    if (rows.kind === 'Subscript') return refuse(NAME, 'the queryset is sliced');
    if (/\.(?:values|values_list|dates|datetimes)\(/.test(written))
      return refuse(NAME, 'its values may be None themselves');
    const text = { name: { start: open, end: span.end, text: '.first()' }, tail: { at: span.end, text: '' } };
    const inner = asLookup(request, { at: span, model, keys: filterArguments(rows) });
    return guardedValue(inner, NAME, span, text, orderDoubts(observation));
  },
};

function orderDoubts({ ordered, rows }: RowIndex): readonly string[] {
  return [
    ...(ordered ? [] : ['without an order `first()` sorts by the primary key, which `[0]` does not']),
    ...(rows.kind === 'Call'
      ? []
      : ['the queryset may have been read before: `[0]` answers from its cache, `first()` may ask again']),
  ];
}
