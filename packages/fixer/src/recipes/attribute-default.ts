import type { Recipe } from '@danglint/core';
import { flatten } from '../build/flatten.ts';
import { styleOf } from '../build/style.ts';
import { guardedValue } from './observed/guard.ts';
import { placeOf } from './place.ts';
import { refuse } from './result.ts';

const NAME = { name: 'attribute-default', pattern: 'attribute-default' };

/** `customer.profile` of a reverse one-to-one becomes `getattr(customer, "profile", None)` and a guard: its exception is an AttributeError too. */
export const attributeDefault: Recipe = {
  ...NAME,
  build(request) {
    const { form, method, span } = request.judgement.lookup;
    const found = placeOf(request);
    if ('reason' in found) return refuse(NAME, found.reason);
    const { node } = found.place;
    if (form !== 'reverse-one-to-one' || node.kind !== 'Attribute')
      return refuse(NAME, 'it is not the reverse side of a one-to-one field');
    const owner = flatten(request.source.text, node.value.start, node.value.end);
    if (owner === null) return refuse(NAME, 'the attribute is written over several lines');
    const { quote } = styleOf(request.source, request.facts, request.settings.lineLength);
    const text = {
      name: { start: node.start, end: node.end, text: `getattr(${owner}, ${quote}${method}${quote}, None)` },
      tail: { at: node.end, text: '' },
    };
    return guardedValue(request, NAME, span, text, []);
  },
};
