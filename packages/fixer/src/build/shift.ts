import { scan } from './scan.ts';

/**
 * Where the lines of `[start, end)` begin that have to move when its indentation changes: all but the first one, blank
 * ones, and those that begin inside a string. `start` stands outside strings.
 */
export function movableLines(text: string, start: number, end: number): readonly number[] {
  const starts: number[] = [];
  for (const token of scan(text, start, end)) {
    if (token.kind !== 'newline' && token.kind !== 'continuation') continue;
    if (token.end < end && !/^[ \t\f]*(?:[\r\n]|$)/.test(text.slice(token.end, lineLimit(text, token.end))))
      starts.push(token.end);
  }
  return starts;
}

function lineLimit(text: string, at: number): number {
  const next = text.indexOf('\n', at);
  return next < 0 ? text.length : next + 1;
}

/** A stretch of text with more white space at the start of its movable lines. */
export function shifted(text: string, start: number, end: number, unit: string): string {
  let out = '';
  let at = start;
  for (const line of movableLines(text, start, end)) {
    out += text.slice(at, line) + unit;
    at = line;
  }
  return out + text.slice(at, end);
}
