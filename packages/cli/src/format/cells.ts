/** One printed character of a source line. */
export interface Cell {
  readonly text: string;
  /** Terminal columns that it takes. */
  readonly width: number;
  /** UTF-16 index in the line where it starts. */
  readonly at: number;
}

/** What every terminal shows as it is. */
const PLAIN = /^[\x20-\x7e]*$/;

const TAB = '    ';
const REPLACEMENT = '\u{fffd}';
const COMBINING = /^(?:\p{Mn}|\p{Me}|[\u{200b}-\u{200d}])$/u;
/** Direction overrides can make code look like other code; they are never sent to a terminal. */
const DIRECTION = /^[\u202a-\u202e\u2066-\u2069\u200e\u200f]$/u;

/** Splits a line into what a terminal shows: tabs as four blanks, control characters as visible signs. */
export function cells(line: string): Cell[] {
  const result: Cell[] = [];
  let at = 0;
  for (const char of line) {
    result.push({ ...cell(char), at });
    at += char.length;
  }
  return result;
}

function cell(char: string): { readonly text: string; readonly width: number } {
  const code = char.codePointAt(0) ?? 0;
  if (code >= 0x20 && code < 0x7f) return { text: char, width: 1 };
  if (char === '\t') return { text: TAB, width: TAB.length };
  if (code < 0x20) return { text: String.fromCodePoint(0x2400 + code), width: 1 };
  if (code === 0x7f) return { text: '\u2421', width: 1 };
  if ((code >= 0x80 && code < 0xa0) || DIRECTION.test(char)) return { text: REPLACEMENT, width: 1 };
  if (code >= 0xd800 && code < 0xe000) return { text: REPLACEMENT, width: 1 };
  if (COMBINING.test(char)) return { text: char, width: 0 };
  return { text: char, width: isWide(code) ? 2 : 1 };
}

/** Text as a terminal may show it: one line, nothing that controls the terminal. */
export function printable(text: string): string {
  if (PLAIN.test(text)) return text;
  return cells(text)
    .map(({ text: shown }) => shown)
    .join('');
}

/** Ranges of East Asian wide and fullwidth characters and of emoji, as pairs. */
const WIDE = [
  0x1100, 0x115f, 0x231a, 0x231b, 0x23e9, 0x23ec, 0x2e80, 0x303e, 0x3041, 0x33ff, 0x3400, 0x4dbf, 0x4e00,
  0x9fff, 0xa000, 0xa4cf, 0xa960, 0xa97f, 0xac00, 0xd7a3, 0xf900, 0xfaff, 0xfe30, 0xfe6f, 0xff01, 0xff60,
  0xffe0, 0xffe6, 0x1f300, 0x1f64f, 0x1f680, 0x1f6ff, 0x1f900, 0x1faff, 0x20000, 0x3fffd,
];

function isWide(code: number): boolean {
  if (code < 0x1100) return false;
  for (let i = 0; i < WIDE.length; i += 2) {
    if (code < (WIDE[i] ?? 0)) return false;
    if (code <= (WIDE[i + 1] ?? 0)) return true;
  }
  return false;
}

/** Columns that the characters before UTF-16 index `at` take. */
export function columnAt(line: readonly Cell[], at: number): number {
  let column = 0;
  for (const cell of line) {
    if (cell.at >= at) break;
    column += cell.width;
  }
  return column;
}

export function widthOf(line: readonly Cell[]): number {
  return line.reduce((sum, cell) => sum + cell.width, 0);
}

/** A stretch of a long line. */
export interface Window {
  readonly text: string;
  /** Columns cut off at the left, the ellipsis counted as shown. */
  readonly shift: number;
}

const ELLIPSIS = '…';

/** The part of a line that fits into `room` columns and holds column `focus`; cuts are marked. */
export function windowOf(line: readonly Cell[], room: number, focus: number): Window {
  const total = widthOf(line);
  if (total <= room) return { text: line.map(({ text }) => text).join(''), shift: 0 };
  const from = Math.max(0, Math.min(focus - Math.floor(room / 4), total - room));
  let text = from > 0 ? ELLIPSIS : '';
  let shift = 0;
  let column = 0;
  let used = text.length;
  for (const cell of line) {
    const start = column;
    column += cell.width;
    if (start < from) {
      shift = column;
      continue;
    }
    if (used + cell.width > room - 1 && column < total)
      return { text: text + ELLIPSIS, shift: shift - (from > 0 ? 1 : 0) };
    text += cell.text;
    used += cell.width;
  }
  return { text, shift: shift - (from > 0 ? 1 : 0) };
}
