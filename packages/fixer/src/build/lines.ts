import type { SourceFile } from '@danglint/core';

/** Offset of the first code unit of the line that holds `at`. */
export function lineStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && !isBreak(text[start - 1])) start--;
  return start;
}

/** Offset just past the last code unit of the line that holds `at`, its line ending excluded. */
export function lineEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && !isBreak(text[end])) end++;
  return end;
}

/** Offset of the line after the one that holds `at`; the text's length when it is the last one. */
export function nextLine(text: string, at: number): number {
  const end = lineEnd(text, at);
  if (text[end] === '\r' && text[end + 1] === '\n') return end + 2;
  return end < text.length ? end + 1 : end;
}

/** The white space that the line of `at` begins with. */
export function indentOf(text: string, at: number): string {
  const start = lineStart(text, at);
  let end = start;
  while (text[end] === ' ' || text[end] === '\t' || text[end] === '\f') end++;
  return text.slice(start, end);
}

/** True when nothing but white space stands before `at` on its line. */
export function startsLine(text: string, at: number): boolean {
  return lineStart(text, at) + indentOf(text, at).length >= at;
}

/** What stands between `at` and the end of its line, without surrounding white space. */
export function restOfLine(text: string, at: number): string {
  return text.slice(at, lineEnd(text, at)).trim();
}

/** Lines joined with the newline of a file. */
export function joinLines(lines: readonly string[], { newline }: Pick<SourceFile, 'newline'>): string {
  return lines.join(newline);
}

/** Columns that a text takes: code points, and four for a tab, as ruff counts them. */
export function width(text: string): number {
  let columns = 0;
  for (const char of text) columns += char === '\t' ? 4 : 1;
  return columns;
}

function isBreak(char: string | undefined): boolean {
  return char === '\n' || char === '\r';
}
