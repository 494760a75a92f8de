import { type LineIndex, offset } from '../text/index.ts';

/** Lines of a text, 1-based, both ends included. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The logical line that starts at or after line `from`: blank lines and comments are skipped; brackets, backslashes and
 * strings that run over several lines are followed. Null at the end of the file. `from` must not lie inside a string.
 */
export function logicalLine(lines: LineIndex, from: number): LineRange | null {
  for (let first = from; first <= lines.lineCount; first++) {
    const head = lines.lineText(first).trimStart();
    if (head !== '' && !head.startsWith('#')) return { first, last: lastLine(lines, first) };
  }
  return null;
}

function lastLine(lines: LineIndex, first: number): number {
  const { text } = lines;
  const token = /\\(?:\r\n|[^])|#[^\r\n]*|"""|'''|["']|[([{]|[)\]}]|\r\n|\r|\n/g;
  token.lastIndex = lines.startOfLine(first);
  let depth = 0;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const [seen] = found;
    if ('([{'.includes(seen)) depth++;
    else if (')]}'.includes(seen)) depth--;
    else if (seen.startsWith('"') || seen.startsWith("'"))
      token.lastIndex = pastString(text, token.lastIndex, seen);
    else if (/^[\r\n]/.test(seen) && depth <= 0) return lines.lineOf(offset(found.index));
  }
  return lines.lineCount;
}

/** Offset past the string whose body starts at `at`; a string that is not closed ends with its line. */
export function pastString(text: string, at: number, quote: string): number {
  const end =
    quote.length === 3
      ? new RegExp(`\\\\[^]|${quote}`, 'g')
      : new RegExp(`\\\\(?:\r\n|[^])|${quote}|[\r\n]`, 'g');
  end.lastIndex = at;
  for (let found = end.exec(text); found !== null; found = end.exec(text)) {
    if (found[0] === quote) return end.lastIndex;
    if (!found[0].startsWith('\\')) return found.index;
  }
  return text.length;
}
