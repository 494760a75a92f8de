import type { Recipe } from '@danglint/core';
import { answer } from './answer.ts';

/** Pattern A: a task, consumer or receiver logs that the row is gone, and returns. */
export const skip: Recipe = {
  name: 'skip',
  pattern: 'A',
  build: (request) => answer(request, { name: 'skip', pattern: 'A', wish: 'host', form: 'auto' }),
};
