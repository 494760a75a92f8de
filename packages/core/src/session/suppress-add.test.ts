import { expect, test } from 'vitest';
import type { Comment } from '../syntax/index.ts';
import { decode, LineIndex, offset, span } from '../text/index.ts';
import { lineStates } from './line-state.ts';
import { ignoreEdits } from './suppress-add.ts';

/** Comments of a text without strings that hold `#`. */
function comments(text: string): Comment[] {
  return [...text.matchAll(/#[^\r\n]*/g)].map((found) => ({
    text: found[0],
    start: offset(found.index),
    end: offset(found.index + found[0].length),
    ownLine: /(^|\n)[ \t]*$/.test(text.slice(0, found.index)),
  }));
}

/** The text with a comment for each `get(...)`; a letter behind `get` chooses the code. */
function added(text: string, reason = ''): string {
  const decoded = decode('a.py', Buffer.from(text));
  if (!decoded.ok) throw new Error('not decoded');
  const findings = [...text.matchAll(/get(\d)\([^)]*\)/g)].map((found) => ({
    code: `DNE00${found[1] ?? ''}`,
    span: span(found.index, found.index + found[0].length),
  }));
  const edits = ignoreEdits({ source: decoded.file, facts: { comments: comments(text) } }, findings, reason);
  let result = text;
  for (const edit of edits.toReversed())
    result = result.slice(0, edit.start) + edit.text + result.slice(edit.end);
  return result;
}

const LONG = `x = get1(${'y'.repeat(70)})`;

test.each([
  ['at the end of its line', 'get1(x)\n', 'get1(x)  # danglint: ignore[DNE001]\n'],
  ['two codes of one line', 'get2(x), get1(y)\n', 'get2(x), get1(y)  # danglint: ignore[DNE001, DNE002]\n'],
  [
    'behind another comment',
    'get1(x)  # type: ignore\n',
    'get1(x)  # type: ignore  # danglint: ignore[DNE001]\n',
  ],
  [
    'into the brackets there are',
    'get1(x)  # danglint: ignore[DNE002] y\n',
    'get1(x)  # danglint: ignore[DNE002, DNE001] y\n',
  ],
  ['on the first line of several', 'get1(\n  x,\n)\n', 'get1(  # danglint: ignore[DNE001]\n  x,\n)\n'],
  ['without a newline at the end', 'get1(x)', 'get1(x)  # danglint: ignore[DNE001]'],
  ['above a long line', `if a:\n    ${LONG}\n`, `if a:\n    # danglint: ignore[DNE001]\n    ${LONG}\n`],
  [
    'inside brackets',
    `f(\n    ${LONG[0]}, ${LONG.slice(4)},\n)\n`,
    `f(\n    # danglint: ignore[DNE001]\n    x, ${LONG.slice(4)},\n)\n`,
  ],
  [
    'above a continuation',
    'x = 1 + \\\n  get1(x) + \\\n  2\n',
    '# danglint: ignore[DNE001]\nx = 1 + \\\n  get1(x) + \\\n  2\n',
  ],
  [
    'on the last line of a continuation',
    'x = 1 + \\\n  get1(x)\n',
    'x = 1 + \\\n  get1(x)  # danglint: ignore[DNE001]\n',
  ],
  ['above a string', 'f(get1(x), """\n""")\n', '# danglint: ignore[DNE001]\nf(get1(x), """\n""")\n'],
  ['Windows newlines', `${LONG}\r\n`, `# danglint: ignore[DNE001]\r\n${LONG}\r\n`],
])('%s', (_, text, expected) => {
  expect(added(text)).toBe(expected);
});

test('with a reason', () => {
  expect(added('get1(x)\n', 'see the ticket')).toBe('get1(x)  # danglint: ignore[DNE001] see the ticket\n');
});

test('states of lines', () => {
  const states = lineStates(
    new LineIndex('a = [  # (\n  1,\n]\nb = """\n(\n"""\nc = 1 + \\\n  2\nd = "#("\ne\n'),
  );
  expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((row) => states.at(row)[0])).toEqual('sbbssssbss'.split(''));
  expect([3, 6, 8, 10].map((row) => states.statementOf(row))).toEqual([1, 4, 7, 10]);
});
