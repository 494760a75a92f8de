import type { Recipe } from '@danglint/core';
import { answer } from './answer.ts';

/** Pattern B: `filter(...).first()` and a guard, where that gives the same row. */
export const first: Recipe = {
  name: 'first',
  pattern: 'B',
  build: (request) => answer(request, { name: 'first', pattern: 'B', wish: 'host', form: 'first' }),
};
