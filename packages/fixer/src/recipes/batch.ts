import type { Recipe } from '@danglint/core';
import { refuse } from './result.ts';

const NAME = { name: 'batch', pattern: 'C' };

/** Pattern C: all rows of a loop in one query. Nothing is rewritten yet: the conditions of `semantics.md` §5 are not read. */
export const batch: Recipe = {
  ...NAME,
  build: () => refuse(NAME, 'loading the rows of a loop at once is left to you in this version'),
};
