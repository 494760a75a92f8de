import { type LineIndex, offset, type Span } from '@danglint/core';
import { type Cell, cells, columnAt, widthOf, windowOf } from './cells.ts';
import type { Colors } from './colors.ts';
import type { FileView } from './finding.ts';

/** A stretch of code to underline. */
export interface Mark {
  readonly span: Span;
  readonly primary: boolean;
  readonly text: string;
}

export interface FrameStyle {
  readonly colors: Colors;
  /** Paints the primary underline. */
  readonly paint: (text: string) => string;
  readonly width: number;
  /** Digits of the largest line number of the whole finding. */
  readonly gutter: number;
}

/** Lines shown around the primary mark. */
const AROUND = 2;
/** A primary mark over more lines than this is cut in the middle. */
const TALL = 8;

/** The lines of a file with their marks, as ruff and rustc print them; starts and ends with an empty gutter line. */
export function frame(file: FileView, marks: readonly Mark[], style: FrameStyle): string[] {
  const { lines } = file;
  if (lines === null) return [];
  const rows = rowsToShow(file, marks);
  const bar = style.colors.frame('|');
  const blank = `${' '.repeat(style.gutter)} ${bar}`;
  const out = [blank];
  const tall = marks.find((mark) => mark.primary && isTall(file, mark));
  let before = 0;
  for (const row of rows) {
    if (before !== 0 && row > before + 1) out.push(style.colors.frame('...'));
    before = row;
    out.push(...line(file, row, marks, tall, style));
  }
  out.push(blank);
  return out;
}

/** Largest line number that a frame of these marks shows. */
export function lastRow(file: FileView, marks: readonly Mark[]): number {
  return rowsToShow(file, marks).at(-1) ?? 0;
}

function isTall({ lines }: FileView, { span }: Mark): boolean {
  return lines !== null && lines.lineOf(lastOffset(span)) > lines.lineOf(span.start);
}

/** The last character of a span, so that an end at the start of a line does not reach that line. */
function lastOffset({ start, end }: Span): Span['start'] {
  return offset(Math.max(start, end - 1));
}

function rowsToShow({ lines }: FileView, marks: readonly Mark[]): number[] {
  if (lines === null) return [];
  const rows = new Set<number>();
  for (const { span, primary } of marks) {
    const first = lines.lineOf(span.start);
    rows.add(first);
    if (!primary) continue;
    const last = lines.lineOf(lastOffset(span));
    const isBlank = (row: number): boolean => lines.lineText(row).trim() === '';
    let from = Math.max(1, first - AROUND);
    while (from < first && isBlank(from)) from++;
    let to = Math.min(lines.lineCount, last + AROUND);
    while (to > last && isBlank(to)) to--;
    for (let row = from; row <= to; row++) {
      if (last - first < TALL || row < first + TALL / 2 || row > last - 2) rows.add(row);
    }
  }
  const sorted = [...rows].sort((a, b) => a - b);
  /** A gap of one line is no shorter than the line. */
  const filled = sorted.flatMap((row, i) => (sorted[i + 1] === row + 2 ? [row, row + 1] : [row]));
  return filled;
}

function line(
  file: FileView,
  row: number,
  marks: readonly Mark[],
  tall: Mark | undefined,
  style: FrameStyle,
): string[] {
  const { lines } = file;
  if (lines === null) return [];
  const start = lines.startOfLine(row);
  const code = cells(lines.lineText(row));
  const here = marks.filter((mark) => mark !== tall && lines.lineOf(mark.span.start) === row).sort(byStart);
  const side = tall === undefined ? null : tallSide(file, tall, row, style);
  const room = Math.max(40, style.width - style.gutter - 3 - (side === null ? 0 : 2));
  const focus = here[0] === undefined ? 0 : columnAt(code, here[0].span.start - start);
  const { text, shift } = windowOf(code, room, focus);
  const bar = style.colors.frame('|');
  const number = style.colors.frame(String(row).padStart(style.gutter));
  const body = `${side?.lead ?? ''}${text}`;
  const out = [body.trim() === '' ? `${number} ${bar}` : `${number} ${bar} ${body}`];
  const blank = `${' '.repeat(style.gutter)} ${bar}`;
  for (const mark of here) {
    const underline = caret(code, start, mark, shift, room, style);
    out.push(`${blank} ${side?.lead ?? ''}${underline}`);
  }
  if (side?.foot !== undefined) out.push(`${blank} ${side.foot(code, start, shift)}`);
  return out;
}

function byStart(a: Mark, b: Mark): number {
  return a.span.start - b.span.start || Number(b.primary) - Number(a.primary);
}

function caret(
  code: readonly Cell[],
  start: number,
  mark: Mark,
  shift: number,
  room: number,
  style: FrameStyle,
): string {
  const total = widthOf(code);
  const from = columnAt(code, mark.span.start - start);
  const to = Math.max(from + 1, Math.min(columnAt(code, mark.span.end - start), Math.max(total, from + 1)));
  const left = Math.max(0, from - shift);
  const length = Math.max(1, Math.min(to - from, room - left));
  const paint = mark.primary ? style.paint : style.colors.label;
  const sign = (mark.primary ? '^' : '-').repeat(length);
  return `${' '.repeat(left)}${paint(mark.text === '' ? sign : `${sign} ${mark.text}`)}`;
}

interface TallSide {
  readonly lead: string;
  /** The line below the last line of the mark. */
  readonly foot?: (code: readonly Cell[], start: number, shift: number) => string;
}

/** The bracket at the left of a mark that runs over several lines. */
function tallSide({ lines }: FileView, { span, text }: Mark, row: number, { paint }: FrameStyle): TallSide {
  if (lines === null) return { lead: '  ' };
  const first = lines.lineOf(span.start);
  const last = lines.lineOf(lastOffset(span));
  if (row < first || row > last) return { lead: '  ' };
  if (row === first) return tallHead(lines, span.start, paint);
  if (row < last) return { lead: `${paint('|')} ` };
  return {
    lead: `${paint('|')} `,
    foot: (code, start, shift) => {
      const end = Math.max(1, columnAt(code, span.end - start) - shift);
      return paint(`|${'_'.repeat(end)}^${text === '' ? '' : ` ${text}`}`);
    },
  };
}

/** A mark that starts after other code gets an arrow to its first character. */
function tallHead(lines: LineIndex, start: Span['start'], paint: FrameStyle['paint']): TallSide {
  const from = lines.startOfLine(lines.lineOf(start));
  if (lines.text.slice(from, start).trim() === '') return { lead: `${paint('/')} ` };
  const foot = (code: readonly Cell[], at: number, shift: number): string =>
    ` ${paint(`${'_'.repeat(Math.max(1, columnAt(code, start - at) - shift + 1))}^`)}`;
  return { lead: '  ', foot };
}
