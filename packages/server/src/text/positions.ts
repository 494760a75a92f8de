import { LineIndex, type Offset, offset, type Span } from '@danglint/core';
import type { Position, Range } from 'vscode-languageserver-types';

/** How a client counts columns: in UTF-16 code units, in bytes of UTF-8, or in code points. */
export type PositionEncoding = 'utf-8' | 'utf-16' | 'utf-32';

/** The encoding to speak: the first of the client's that we know; UTF-16 where it names none. */
export function chooseEncoding(offered: readonly string[] | undefined): PositionEncoding {
  const known = (name: string): name is PositionEncoding =>
    name === 'utf-8' || name === 'utf-16' || name === 'utf-32';
  return offered?.find(known) ?? 'utf-16';
}

/** Translates between UTF-16 offsets of one text and a client's positions: 0-based lines, columns in its encoding. */
export class Positions {
  readonly lines: LineIndex;
  readonly #encoding: PositionEncoding;
  readonly #shift: number;

  /** `bom`: the client's text begins with a byte order mark, which `text` does not hold. */
  constructor(text: string, encoding: PositionEncoding, bom = false) {
    this.lines = new LineIndex(text);
    this.#encoding = encoding;
    this.#shift = bom ? width(0xfeff, encoding) : 0;
  }

  position(at: Offset): Position {
    const row = this.lines.lineOf(at);
    const start = this.lines.startOfLine(row);
    const shift = row === 1 ? this.#shift : 0;
    if (this.#encoding === 'utf-16') return { line: row - 1, character: at - start + shift };
    let character = shift;
    for (const char of this.lines.text.slice(start, at)) {
      character += width(char.codePointAt(0) ?? 0, this.#encoding);
    }
    return { line: row - 1, character };
  }

  range({ start, end }: Span): Range {
    return { start: this.position(start), end: this.position(end) };
  }

  /** The offset of a position. One past the end of its line or of the text is taken as that end; one inside a character, as its start. */
  offset({ line, character }: Position): Offset {
    if (!(line >= 0)) return offset(0);
    const row = Math.trunc(line) + 1;
    if (row > this.lines.lineCount) return offset(this.lines.text.length);
    const start = this.lines.startOfLine(row);
    const end = this.lines.endOfLine(row);
    const wanted = Number.isFinite(character) ? Math.trunc(character) - (row === 1 ? this.#shift : 0) : 0;
    if (this.#encoding === 'utf-16') return offset(Math.min(Math.max(start, start + wanted), end));
    let at: number = start;
    let seen = 0;
    for (const char of this.lines.text.slice(start, end)) {
      seen += width(char.codePointAt(0) ?? 0, this.#encoding);
      if (seen > wanted) break;
      at += char.length;
    }
    return offset(at);
  }

  span({ start, end }: Range): Span {
    const from = this.offset(start);
    const to = this.offset(end);
    return from <= to ? { start: from, end: to } : { start: to, end: from };
  }
}

function width(point: number, encoding: PositionEncoding): number {
  if (encoding === 'utf-32') return 1;
  if (encoding === 'utf-16') return point > 0xffff ? 2 : 1;
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}
