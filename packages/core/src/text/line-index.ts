import { type Offset, offset } from './offset.ts';

/** A place as people and editors name it: 1-based line, 1-based column in Unicode code points (as ruff and CPython count). */
export interface Location {
  readonly row: number;
  readonly column: number;
}

/** Translates between offsets and lines of one text. Lines end at `\n`, `\r\n` or a lone `\r`, as Python's tokenizer reads them. */
export class LineIndex {
  readonly text: string;
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.text = text;
    this.#starts = lineStarts(text);
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** The 1-based line that holds `at`; an offset past the end belongs to the last line. */
  lineOf(at: Offset): number {
    const starts = this.#starts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** Offset of the first code unit of a 1-based line; lines past the end give the end of the text. */
  startOfLine(line: number): Offset {
    return offset(this.#starts[line - 1] ?? this.text.length);
  }

  /** Offset just past the last code unit of a 1-based line, its line ending excluded. */
  endOfLine(line: number): Offset {
    let end = this.#starts[line] ?? this.text.length;
    if (line < this.#starts.length) {
      if (this.text[end - 1] === '\n') end -= 1;
      if (this.text[end - 1] === '\r') end -= 1;
    }
    return offset(end);
  }

  /** The text of a 1-based line without its line ending. */
  lineText(line: number): string {
    return this.text.slice(this.startOfLine(line), this.endOfLine(line));
  }

  /** 1-based row and code-point column. */
  location(at: Offset): Location {
    const row = this.lineOf(at);
    const start = this.startOfLine(row);
    let column = 1;
    for (let i: number = start; i < at && i < this.text.length; i++) {
      const unit = this.text.charCodeAt(i);
      if (unit >= 0xd800 && unit < 0xdc00 && i + 1 < at) i++;
      column++;
    }
    return { row, column };
  }

  /** The offset of a 1-based row and code-point column, clamped to that line. */
  offsetOf({ row, column }: Location): Offset {
    let at: number = this.startOfLine(row);
    const end = this.endOfLine(row);
    for (let left = column - 1; left > 0 && at < end; left--) {
      const unit = this.text.charCodeAt(at);
      at += unit >= 0xd800 && unit < 0xdc00 ? 2 : 1;
    }
    return offset(Math.min(at, end));
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 10) starts.push(i + 1);
    else if (unit === 13 && text.charCodeAt(i + 1) !== 10) starts.push(i + 1);
  }
  return starts;
}
