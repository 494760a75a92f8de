import { offset } from '../../text/index.ts';
import * as ch from './chars.ts';
import { giveUp } from './give-up.ts';
import type { Scanner } from './scanner.ts';
import * as t from './token.ts';

/** Reads the string whose prefix starts at `start` and whose quote stands at `quoteAt`; of an f-string the opening quote only. */
export function scanString(s: Scanner, start: number, quoteAt: number): void {
  const formatted = prefix(s, start, quoteAt);
  const quote = s.at(quoteAt);
  const triple = s.at(quoteAt + 1) === quote && s.at(quoteAt + 2) === quote;
  s.start = offset(start);
  s.quote = quote;
  s.triple = triple;
  s.bodyStart = quoteAt + (triple ? 3 : 1);
  if (formatted) {
    s.kind = t.FSTRING;
    s.end = offset(s.bodyStart);
    return;
  }
  s.bodyEnd = triple ? tripleEnd(s, quote) : plainEnd(s, quote);
  s.kind = t.STRING;
  s.end = offset(s.bodyEnd + (triple ? 3 : 1));
}

/** Reads the prefix; true for f-strings and t-strings. */
function prefix(s: Scanner, start: number, quoteAt: number): boolean {
  let formatted = false;
  s.bytes = false;
  s.raw = false;
  s.template = false;
  let unicode = false;
  for (let pos = start; pos < quoteAt; pos++) {
    const letter = s.at(pos) | 32;
    if (letter === 114 && !s.raw) s.raw = true;
    else if (letter === 98 && !s.bytes) s.bytes = true;
    else if (letter === 102 && !formatted) formatted = true;
    else if (letter === 116 && !formatted) formatted = s.template = true;
    else if (letter === 117) unicode = true;
    else giveUp();
  }
  if (s.bytes && formatted) giveUp();
  if (unicode && quoteAt - start > 1) giveUp();
  return formatted;
}

function plainEnd(s: Scanner, quote: number): number {
  const { text, length, bytes } = s;
  for (let pos = s.bodyStart; pos < length; pos++) {
    const code = text.charCodeAt(pos);
    if (code === quote) return pos;
    if (code === ch.BACKSLASH) pos = escapeEnd(s, pos);
    else if (code === ch.LF || code === ch.CR || (bytes && code >= 128)) giveUp();
  }
  return giveUp();
}

function tripleEnd(s: Scanner, quote: number): number {
  const { text, length, bytes } = s;
  for (let pos = s.bodyStart; pos < length; pos++) {
    const code = text.charCodeAt(pos);
    if (code === quote && s.at(pos + 1) === quote && s.at(pos + 2) === quote) return pos;
    if (code === ch.BACKSLASH) pos = escapeEnd(s, pos);
    else if (bytes && code >= 128) giveUp();
  }
  return giveUp();
}

/** Offset of the last unit of what a backslash escapes. */
function escapeEnd(s: Scanner, backslash: number): number {
  const next = s.at(backslash + 1);
  if (s.bytes && next >= 128) giveUp();
  return next === ch.CR ? backslash + 2 : backslash + 1;
}
