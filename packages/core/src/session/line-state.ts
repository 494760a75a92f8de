import { type LineIndex, offset } from '../text/index.ts';
import { pastString } from './logical-line.ts';

/** What stands where a line starts: a statement, the inside of brackets, a string, or what a backslash continues. */
export type LineState = 'statement' | 'brackets' | 'string' | 'backslash';

/** How the lines of a text hang together. Rows are 1-based. */
export interface LineStates {
  /** State at the start of a row; `statement` past the end. */
  readonly at: (row: number) => LineState;
  /** The row where the statement that holds a row starts. */
  readonly statementOf: (row: number) => number;
}

/** Follows brackets, strings and backslashes through a whole text. */
export function lineStates(lines: LineIndex): LineStates {
  const { text } = lines;
  const states: LineState[] = ['statement', 'statement'];
  const token = /\\(?:\r\n|[^])|#[^\r\n]*|"""|'''|["']|[([{]|[)\]}]|\r\n|\r|\n/g;
  let depth = 0;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const [seen] = found;
    if ('([{'.includes(seen)) depth++;
    else if (')]}'.includes(seen)) depth = Math.max(0, depth - 1);
    else if (/^\\[\r\n]/.test(seen)) states[lines.lineOf(offset(token.lastIndex))] = 'backslash';
    else if (/^[\r\n]/.test(seen)) {
      states[lines.lineOf(offset(token.lastIndex))] = depth > 0 ? 'brackets' : 'statement';
    } else if (seen.startsWith('"') || seen.startsWith("'")) {
      const first = lines.lineOf(offset(found.index));
      token.lastIndex = pastString(text, token.lastIndex, seen);
      const last = lines.lineOf(offset(token.lastIndex));
      for (let row = first + 1; row <= last; row++) states[row] = 'string';
    }
  }
  const at = (row: number): LineState => states[row] ?? 'statement';
  return {
    at,
    statementOf: (row) => {
      let first = row;
      while (first > 1 && at(first) !== 'statement') first--;
      return first;
    },
  };
}
