import { offset } from '../../text/index.ts';
import * as ch from './chars.ts';
import { giveUp } from './give-up.ts';
import type { Scanner } from './scanner.ts';
import * as t from './token.ts';

/** CPython's own limit. */
const MAX_INDENTS = 99;

/** Steps over empty lines, then reads what the next line's indentation says, or its first token when it says nothing. */
export function lineStart(s: Scanner): void {
  let pos: number = s.end;
  for (;;) {
    let column = 0;
    let alt = 0;
    let code = s.at(pos);
    for (; code === ch.SPACE || code === ch.TAB || code === ch.FF; code = s.at(++pos)) {
      column = code === ch.SPACE ? column + 1 : code === ch.TAB ? (column | 7) + 1 : 0;
      alt = code === ch.FF ? 0 : alt + 1;
    }
    if (code === ch.LF || code === ch.CR) pos++;
    else if (code === ch.HASH) pos = s.comment(pos);
    else if (code === ch.BACKSLASH) giveUp();
    else return pos < s.length ? indent(s, pos, column, alt) : endOfFile(s);
  }
}

function indent(s: Scanner, pos: number, column: number, alt: number): void {
  const { indents, altIndents } = s;
  const top = indents.length - 1;
  const current = indents[top] ?? 0;
  const currentAlt = altIndents[top] ?? 0;
  s.start = offset(pos);
  s.end = s.start;
  if (column === current) {
    if (alt !== currentAlt) giveUp();
    s.kind = t.INDENT; // anything but a line end: `scan` reads on
    s.scan();
  } else if (column > current) {
    if (alt <= currentAlt || top >= MAX_INDENTS) giveUp();
    indents.push(column);
    altIndents.push(alt);
    s.kind = t.INDENT;
  } else {
    dedent(s, column, alt);
  }
}

function dedent(s: Scanner, column: number, alt: number): void {
  const { indents, altIndents } = s;
  let closed = 0;
  while ((indents.at(-1) ?? 0) > column) {
    indents.pop();
    altIndents.pop();
    closed++;
  }
  if (indents.at(-1) !== column || altIndents.at(-1) !== alt) giveUp();
  s.kind = t.DEDENT;
  s.dedents = closed - 1;
}

function endOfFile(s: Scanner): void {
  s.start = offset(s.length);
  s.end = s.start;
  const open = s.indents.length - 1;
  s.indents.length = 1;
  s.altIndents.length = 1;
  s.kind = open > 0 ? t.DEDENT : t.EOF;
  s.dedents = Math.max(open - 1, 0);
}
