import { offset } from '@danglint/core';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOf } from './bytes.ts';
import { changed } from './document.ts';
import { chooseEncoding, type PositionEncoding, Positions } from './positions.ts';

const text = fc
  .array(fc.constantFrom('a', 'é', '名', '😀', '\n', '\r\n', '\r', ' ', '\t', 'xyz'), { maxLength: 30 })
  .map((parts) => parts.join(''));
const encoding = fc.constantFrom<PositionEncoding>('utf-8', 'utf-16', 'utf-32');

/** Offsets between characters. */
function boundaries(value: string): readonly number[] {
  return [0, ...[...value.matchAll(/\r\n|[^]/gu)].map((match) => match.index + match[0].length)];
}

/** How wide a text is for a client, found by writing it out. */
function size(value: string, encoding: PositionEncoding): number {
  if (encoding === 'utf-8') return Buffer.from(value, 'utf8').length;
  return encoding === 'utf-16' ? value.length : Array.from(value).length;
}

test('every offset has a position, counted as the client counts, and leads back', () => {
  fc.assert(
    fc.property(text, encoding, (value, encoding) => {
      const positions = new Positions(value, encoding);
      for (const at of boundaries(value)) {
        const { line, character } = positions.position(offset(at));
        const before = value.slice(0, at).split(/\r\n|\r|\n/);
        expect([line, character]).toEqual([before.length - 1, size(before.at(-1) ?? '', encoding)]);
        expect(positions.offset({ line, character })).toBe(at);
      }
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('positions that do not exist are cut to what does', () => {
  const positions = new Positions('ab\n😀c\n', 'utf-8');
  const at = (line: number, character: number): number => positions.offset({ line, character });
  expect([at(0, 99), at(9, 0), at(-1, 4), at(1, 1), at(1, 3), at(1, 4), at(1, Number.NaN)]).toEqual([
    2, 7, 0, 3, 3, 5, 3,
  ]);
});

test('a byte order mark that only the client has', () => {
  const positions = new Positions('ab\ncd', 'utf-16', true);
  expect(positions.position(offset(1))).toEqual({ line: 0, character: 2 });
  expect(positions.position(offset(4))).toEqual({ line: 1, character: 1 });
  expect(positions.offset({ line: 0, character: 2 })).toBe(1);
});

test('edits of ranges give the text that a client has', () => {
  fc.assert(
    fc.property(
      text,
      encoding,
      fc.array(fc.tuple(fc.nat(), fc.nat(), text), { maxLength: 6 }),
      (start, encoding, edits) => {
        let expected = start;
        let document = { uri: 'file:///x.py', version: 1, text: start };
        for (const [a, b, put] of edits) {
          const all = boundaries(expected);
          const [from = 0, to = 0] = [all[a % all.length] ?? 0, all[b % all.length] ?? 0].sort(
            (x, y) => x - y,
          );
          const range = new Positions(expected, encoding).range({ start: offset(from), end: offset(to) });
          document = { ...changed(document, document.version + 1, [{ range, text: put }], encoding) };
          expected = expected.slice(0, from) + put + expected.slice(to);
          expect(document.text).toBe(expected);
        }
      },
    ),
    { seed: 2, numRuns: 500 },
  );
});

describe('encodings', () => {
  test.each([
    [['utf-8', 'utf-16'], 'utf-8'],
    [['utf-7', 'utf-32'], 'utf-32'],
    [[], 'utf-16'],
    [undefined, 'utf-16'],
  ])('a client that offers %j gets %s', (offered, expected) => {
    expect(chooseEncoding(offered)).toBe(expected);
  });

  test('a text that declares latin-1 is that in bytes, length for length', () => {
    expect(bytesOf('# coding: latin-1\né').at(-1)).toBe(0xe9);
    expect(bytesOf('é')).toEqual(Buffer.from('é', 'utf8'));
  });
});
