import { describe, expect, test } from 'vitest';
import { ascii, shownOn, speaksUtf8 } from './charset.ts';

test.each([
  [{}, true],
  [{ LANG: 'en_US.UTF-8' }, true],
  [{ LANG: 'C.utf8' }, true],
  [{ LANG: 'C' }, false],
  [{ LANG: 'de_DE.ISO-8859-15@euro' }, false],
  [{ LANG: 'en_US.UTF-8', LC_ALL: 'POSIX' }, false],
  [{ LANG: 'C', LC_CTYPE: 'UTF-8' }, true],
  [{ LANG: 'C.UTF-8', LC_ALL: '' }, true],
])('%j', (env, expected) => {
  expect(speaksUtf8(env)).toBe(expected);
});

describe('ascii', () => {
  test('keeps columns: a wide character has two, a combining one none', () => {
    expect(ascii('x = "日本😀é"; e\u0301 …')).toBe('x = "???????"; e ~');
    expect(ascii('\u{1b}[1ma\u{1b}[0m\n\tb')).toBe('\u{1b}[1ma\u{1b}[0m\n\tb');
  });

  test('for terminals only', () => {
    expect(shownOn({ isTTY: true }, 'ü', { LANG: 'C' })).toBe('?');
    expect(shownOn({ isTTY: false }, 'ü', { LANG: 'C' })).toBe('ü');
    expect(shownOn({ isTTY: true }, 'ü', { LANG: 'C.UTF-8' })).toBe('ü');
  });
});
