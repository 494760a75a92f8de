import type { Recipe } from '@danglint/core';
import { refuse } from '../result.ts';
import { asLookup } from './as-lookup.ts';
import { guardedValue } from './guard.ts';

const NAME = { name: 'map-get', pattern: 'C' };

/** `rows[key]` of a map of rows becomes `rows.get(key)` and a guard. */
export const mapGet: Recipe = {
  ...NAME,
  build: () => refuse(NAME, 'there is no map of rows here'),
  observe(request) {
    const { observation, source } = request;
    if (observation.kind !== 'row-map') return refuse(NAME, 'there is no map of rows here');
    const { key, span, model, bulk, ofRows } = observation;
    const open = source.text.lastIndexOf('[', key.start);
    const inside = source.text.slice(open + 1, span.end - 1);
    if (open < span.start || source.text[span.end - 1] !== ']')
      return refuse(NAME, 'the index was not found');
    const text = {
      name: { start: open, end: span.end, text: `.get(${inside})` },
      tail: { at: span.end, text: '' },
    };
    const inner = asLookup(request, {
      at: span,
      model,
      keys: [{ name: bulk ? 'pk' : 'key', star: 0, value: key }],
    });
    const doubts = ofRows ? [] : ['the map may hold `None` under a key that it has'];
    return guardedValue(inner, NAME, span, text, doubts);
  },
};
