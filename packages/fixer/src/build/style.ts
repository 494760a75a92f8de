import type { FileFacts, SourceFile } from '@danglint/core';
import { width } from './lines.ts';
import { scan } from './scan.ts';

/** How a file is written. */
export interface TextStyle {
  readonly quote: '"' | "'";
  /** Longest line, in columns. */
  readonly limit: number;
  readonly newline: string;
}

/** The default of black and ruff. */
const DEFAULT_LIMIT = 88;
/** Limits that projects set; a file with longer code lines than the default is taken to follow the next one up. */
const LIMITS = [DEFAULT_LIMIT, 100, 110, 120, 140, 160];

type Measured = Pick<TextStyle, 'quote' | 'limit'>;

const known = new WeakMap<FileFacts, Measured>();

/** Reads the style of a file from its text; `limit` overrides what is seen. */
export function styleOf(source: SourceFile, facts: FileFacts, limit?: number): TextStyle {
  const seen = known.get(facts) ?? measured(source.text);
  known.set(facts, seen);
  return { quote: seen.quote, limit: limit ?? seen.limit, newline: source.newline };
}

/** A line with a longer string is as long as it is because of it. */
const LONG_STRING = 30;

/** A formatter breaks lines at brackets; one that has none is as long as it has to be. */
const BREAKABLE = /[([{][^)\]}\s]/;

/** Quote and line length, read from the tokens of a text. */
function measured(text: string): Measured {
  let single = 0;
  let double = 0;
  const excused = new Set<number>();
  const widths: number[] = [];
  let line = 0;
  let start = 0;
  for (const { kind, start: at, end } of scan(text)) {
    if (kind === 'string') {
      const piece = text.slice(at, end);
      const quote = /^\w*(["'])/.exec(piece)?.[1];
      if (quote === "'") single++;
      else double++;
      if (piece.length > LONG_STRING || /[\r\n]/.test(piece)) excused.add(line);
    }
    if (kind === 'comment') excused.add(line);
    if (kind === 'newline' || kind === 'continuation') {
      if (at - start > DEFAULT_LIMIT && !excused.has(line)) {
        const source = text.slice(start, at);
        if (BREAKABLE.test(source)) widths.push(width(source));
      }
      line++;
      start = end;
    }
  }
  return { quote: single > double ? "'" : '"', limit: usedLimit(widths) };
}

/** The limit that all long lines keep but one: a single one may be a slip. */
function usedLimit(widths: readonly number[]): number {
  const second = [...widths].sort((a, b) => b - a)[1] ?? 0;
  return LIMITS.find((limit) => second <= limit) ?? DEFAULT_LIMIT;
}
