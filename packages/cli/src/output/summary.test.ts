import { expect, it } from 'vitest';
import { fixableLine } from './summary.ts';

it.each([
  [{ safe: 0, unsafe: 0, open: 0 }, null, null],
  [
    { safe: 2, unsafe: 0, open: 0 },
    '[*] 2 fixable with `--fix`.',
    '[*] 2 fixable with `--fix --unsafe-fixes`.',
  ],
  [
    { safe: 2, unsafe: 3, open: 1 },
    '[*] 2 fixable with `--fix` (3 unsafe fixes available with `--fix --unsafe-fixes`, 1 of them if callers can take `None`).',
    '[*] 5 fixable with `--fix --unsafe-fixes`, 1 of them if callers can take `None`.',
  ],
  [
    { safe: 0, unsafe: 1, open: 1 },
    '1 unsafe fix available with `--fix --unsafe-fixes`, if callers can take `None`.',
    '[*] 1 fixable with `--fix --unsafe-fixes`, if callers can take `None`.',
  ],
])('tells what is tried before it stays: %j', (counts, plain, unsafe) => {
  expect(fixableLine(counts, false)).toBe(plain);
  expect(fixableLine(counts, true)).toBe(unsafe);
});
