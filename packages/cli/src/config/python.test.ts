import { expect, test } from 'vitest';
import { known } from './fixture.ts';
import { receiver, statement } from './python.ts';

const context = { base: '/', ...known };
const takes = (value: string): boolean => statement.read(value, context).ok;

test.each([
  'return',
  'continue',
  'raise Http404',
  'return handle_missing_{model}()',
  'raise NotFound(f"{model} is gone") from None',
  'return await gone("{model}")',
  'if x:\n    return None',
])('%s is a statement', (value) => {
  expect(takes(value)).toBe(true);
});

test.each(['rais Foo', 'return (', 'return {model', 'else:', ''])('%j is none', (value) => {
  expect(takes(value)).toBe(false);
});

test.each([
  ['log', true],
  ['self.log', true],
  ['größe', true],
  ['my log', false],
  ['log()', false],
  ['1', false],
])('%s names a logger: %s', (value, is) => {
  expect(receiver.read(value, context).ok).toBe(is);
});
