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
/** A few long lines are slips, not a setting. */
const SLIPS = 2;

const styles = new WeakMap<FileFacts, TextStyle>();

/** Reads the style of a file from its text; `limit` overrides what is seen. */
export function styleOf(source: SourceFile, facts: FileFacts, limit?: number): TextStyle {
  const known = styles.get(facts);
  if (known !== undefined && limit === undefined) return known;
  const style: TextStyle = {
    quote: dominantQuote(source.text),
    limit: limit ?? usedLimit(source.text),
    newline: source.newline,
  };
  if (limit === undefined) styles.set(facts, style);
  return style;
}

function dominantQuote(text: string): '"' | "'" {
  let single = 0;
  let double = 0;
  for (const token of scan(text)) {
    if (token.kind !== 'string') continue;
    const quote = /^\w*("""|'''|"|')/.exec(text.slice(token.start, token.start + 6))?.[1];
    if (quote === "'") single++;
    else if (quote === '"') double++;
  }
  return single > double ? "'" : '"';
}

function usedLimit(text: string): number {
  const long = text
    .split(/\r\n|\n|\r/)
    .filter((line) => line.length > DEFAULT_LIMIT && !/["'#]/.test(line))
    .map(width)
    .sort((a, b) => b - a);
  const longest = long[SLIPS] ?? 0;
  return LIMITS.find((limit) => limit >= longest) ?? longest;
}
