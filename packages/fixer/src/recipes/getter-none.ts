import type { Recipe } from '@danglint/core';
import { answer } from './answer.ts';
import { placeOf } from './place.ts';
import { refuse } from './result.ts';

const NAME = { name: 'getter-none', pattern: 'getter-none' };

/** A getter that returns the row gives None when it is missing; its callers have to expect that. */
export const getterNone: Recipe = {
  ...NAME,
  build(request) {
    const found = placeOf(request);
    const made = answer(request, { ...NAME, wish: 'host', form: 'try' });
    return 'fix' in made && 'place' in found && found.place.position.kind !== 'return'
      ? refuse(NAME, 'the function does more than return the row')
      : made;
  },
};
