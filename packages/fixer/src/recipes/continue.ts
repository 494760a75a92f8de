import type { Recipe } from '@danglint/core';
import { answer } from './answer.ts';

/** Per item of a loop: log that the row is gone, and go on with the next one. */
export const continueLoop: Recipe = {
  name: 'continue',
  pattern: 'C',
  build: (request) => answer(request, { name: 'continue', pattern: 'C', wish: 'host', form: 'auto' }),
};
