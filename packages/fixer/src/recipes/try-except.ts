import type { Recipe } from '@danglint/core';
import { answer } from './answer.ts';

/** The lookup alone in a `try`: possible wherever a statement can be written, and never another row. */
export const tryExcept: Recipe = {
  name: 'try-except',
  pattern: 'try-except',
  build: (request) =>
    answer(request, { name: 'try-except', pattern: 'try-except', wish: 'host', form: 'try' }),
};
