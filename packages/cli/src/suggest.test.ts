import { expect, test } from 'vitest';
import { editDistance, nearest } from './suggest.ts';

test('counts insertions, deletions, replacements and swaps', () => {
  expect(editDistance('select', 'selct')).toBe(1);
  expect(editDistance('ignore', 'ignroe')).toBe(1);
  expect(editDistance('', 'abc')).toBe(3);
});

test('suggests what is near, nothing else', () => {
  const known = ['select', 'ignore', 'exclude'];
  expect(nearest('selekt', known)).toBe('select');
  expect(nearest('excluded', known)).toBe('exclude');
  expect(nearest('EXCLUD', known)).toBe('exclude');
  expect(nearest('per-file', known)).toBeNull();
});
