import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, LineIndex, type Location, offset, overlaps, span } from './index.ts';

/** The same answers, found by cutting the text into lines. */
class Model {
  readonly lines: readonly { readonly start: number; readonly text: string }[];

  constructor(text: string) {
    let start = 0;
    const pieces = text.split(/(\r\n|\r|\n)/);
    this.lines = pieces.flatMap((piece, i) => {
      const at = start;
      start += piece.length;
      return i % 2 === 0 ? [{ start: at, text: piece }] : [];
    });
  }

  location(at: number): Location {
    const row = this.lines.findLastIndex((line) => line.start <= at);
    const line = this.lines[row] ?? { start: 0, text: '' };
    return { row: row + 1, column: Array.from(line.text.slice(0, at - line.start)).length + 1 };
  }
}

const texts = fc.array(
  fc.constantFrom('a', 'é', '名', '😀', '\t', '\n', '\r\n', '\r', '\f', '\u{2028}', 'word '),
  { maxLength: 40 },
);

/** Offsets that stand between characters: not inside a pair of units, not inside CRLF. */
function boundaries(text: string): number[] {
  const out = [0];
  for (const match of text.matchAll(/\r\n|[\s\S]/gu)) out.push(match.index + match[0].length);
  return out;
}

describe('LineIndex', () => {
  it('agrees with the model on every offset of any text', () => {
    fc.assert(
      fc.property(texts, (pieces) => {
        const text = pieces.join('');
        const index = new LineIndex(text);
        const model = new Model(text);
        expect(index.lineCount).toBe(model.lines.length);
        for (const at of boundaries(text)) {
          expect(index.location(offset(at))).toEqual(model.location(at));
          expect(index.lineOf(offset(at))).toBe(model.location(at).row);
        }
        for (const [i, line] of model.lines.entries()) {
          expect(index.startOfLine(i + 1)).toBe(line.start);
          expect(index.endOfLine(i + 1)).toBe(line.start + line.text.length);
          expect(index.lineText(i + 1)).toBe(line.text);
        }
      }),
      { seed: 10, numRuns: 500 },
    );
  });

  it('finds its way back from every location', () => {
    fc.assert(
      fc.property(texts, (pieces) => {
        const text = pieces.join('');
        const index = new LineIndex(text);
        for (const at of boundaries(text)) {
          const inLine = Math.min(at, index.endOfLine(index.lineOf(offset(at))));
          expect(index.offsetOf(index.location(offset(at)))).toBe(inLine);
        }
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  it('clamps what lies outside', () => {
    const index = new LineIndex('ab\n😀c');
    expect(index.location(offset(99))).toEqual({ row: 2, column: 3 });
    expect(index.offsetOf({ row: 1, column: 9 })).toBe(2);
    expect(index.offsetOf({ row: 2, column: 2 })).toBe(5);
    expect(index.offsetOf({ row: 9, column: 1 })).toBe(6);
    expect(index.lineText(9)).toBe('');
    expect(index.offsetOf({ row: 1, column: 0 })).toBe(0);
  });
});

describe('spans', () => {
  it.each([
    [span(0, 5), span(1, 3), true, true],
    [span(0, 5), span(0, 5), true, true],
    [span(1, 3), span(0, 5), false, true],
    [span(0, 2), span(2, 4), false, false],
    [span(0, 3), span(2, 4), false, true],
    [span(0, 4), span(2, 2), true, true],
    [span(0, 4), span(4, 4), true, false],
    [span(2, 2), span(2, 2), true, false],
  ])('%j and %j', (a, b, holds, shares) => {
    expect([contains(a, b), overlaps(a, b), overlaps(b, a)]).toEqual([holds, shares, shares]);
  });
});
