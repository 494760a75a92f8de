import type { Recipe } from '@danglint/core';
import { answer } from './answer.ts';
import { batch } from './batch.ts';
import { refuse } from './result.ts';

const NAME = { name: 'continue', pattern: 'C' };

/** Per item of a loop: log that the row is gone, and go on with the next one. */
export const continueLoop: Recipe = {
  ...NAME,
  build: (request) =>
    request.settings.loop === 'batch' && 'fix' in batch.build(request)
      ? refuse(NAME, 'the settings ask for one query for all items')
      : answer(request, { ...NAME, wish: 'host', form: 'auto' }),
};
