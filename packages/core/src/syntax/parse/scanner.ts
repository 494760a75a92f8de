import { offset, type Offset } from '../../text/index.ts';
import type { Comment } from '../stmt.ts';
import * as ch from './chars.ts';
import { giveUp } from './give-up.ts';
import { lineStart } from './indentation.ts';
import { nameIn } from './names.ts';
import { numberEnd } from './number.ts';
import { punctuation } from './punctuation.ts';
import { scanString } from './string-token.ts';
import * as t from './token.ts';

/**
 * Reads a text token by token. There are no token objects: the current token is in the fields. Offsets are UTF-16 units.
 * The text holds no NUL and no carriage return that ends a line alone.
 */
export class Scanner {
  readonly text: string;
  readonly length: number;
  readonly comments: Comment[] = [];

  /** The current token, one of the kinds of `token.ts`, and where it stands. */
  kind = t.NEWLINE;
  start: Offset = offset(0);
  end: Offset = offset(0);
  /** End of the token before it. */
  lastEnd: Offset = offset(0);

  /** Open brackets, braces of f-strings included: inside them line ends say nothing. */
  depth = 0;
  /** The depth right inside an f-string's braces, where `:`, `=` and `!` end the expression; -1 outside of them. */
  fieldDepth = -1;

  /** Columns of the open blocks, with tabs to 8 and with tabs of 1: Python wants both to agree. */
  readonly indents: number[] = [0];
  readonly altIndents: number[] = [0];
  /** Blocks that end before the next token, beyond the one that the current token ends. */
  dedents = 0;

  /** Of a string: where its body lies, and what its prefix and quotes say. */
  bodyStart = 0;
  bodyEnd = 0;
  bytes = false;
  raw = false;
  template = false;
  quote = 0;
  triple = false;

  constructor(text: string) {
    this.text = text;
    this.length = text.length;
  }

  /** The code unit at an offset; 0 past the end. */
  at(pos: number): number {
    return pos < this.length ? this.text.charCodeAt(pos) : 0;
  }

  /** Goes to the next token. */
  advance(): void {
    this.lastEnd = this.end;
    if (this.kind === t.NEWLINE) lineStart(this);
    else if (this.dedents > 0) this.dedents--;
    else this.scan();
  }

  /** Reads the token at or behind `end`. */
  scan(): void {
    const pos = this.skipSpace(this.end);
    this.start = offset(pos);
    const code = this.at(pos);
    if (code >= 128) {
      this.end = offset(ch.unicodeName(this.text, pos));
      if (this.end === pos) giveUp();
      this.kind = t.NAME;
      return;
    }
    switch (ch.STARTS[code]) {
      case ch.LETTER:
        return this.name(pos);
      case ch.DIGIT:
        this.kind = t.NUMBER;
        this.end = offset(numberEnd(this.text, pos));
        return;
      case ch.STRING_QUOTE:
        return scanString(this, pos, pos);
      default:
        punctuation(this, pos, code);
    }
  }

  private skipSpace(from: number): number {
    let pos = from;
    for (;;) {
      const code = this.at(pos);
      if (code === ch.SPACE || code === ch.TAB || code === ch.FF) pos++;
      else if (code > ch.BACKSLASH) return pos;
      else if ((code === ch.LF || code === ch.CR) && this.depth > 0) pos++;
      else if (code === ch.HASH) pos = this.comment(pos);
      else if (code === ch.BACKSLASH) pos = this.continuation(pos);
      else return pos;
    }
  }

  private continuation(pos: number): number {
    const past = this.at(pos + 1) === ch.CR ? pos + 3 : pos + 2;
    return this.at(past - 1) === ch.LF && past < this.length ? past : giveUp();
  }

  /** Notes a comment; gives its end. */
  comment(start: number): number {
    if (this.fieldDepth >= 0) giveUp();
    const { text, length } = this;
    let end = start;
    while (end < length && text.charCodeAt(end) !== ch.LF && text.charCodeAt(end) !== ch.CR) end++;
    let before = start - 1;
    while (before >= 0 && isBlank(text.charCodeAt(before))) before--;
    const ownLine = before < 0 || text.charCodeAt(before) === ch.LF || text.charCodeAt(before) === ch.CR;
    this.comments.push({ start: offset(start), end: offset(end), text: text.slice(start, end), ownLine });
    return end;
  }

  private name(start: number): void {
    const { text, length } = this;
    let pos = start + 1;
    let code = 0;
    while (pos < length) {
      code = text.charCodeAt(pos);
      if (code >= 128 || ch.NAME_PARTS[code] === 0) break;
      pos++;
    }
    if ((code === ch.QUOTE || code === ch.APOSTROPHE) && pos < length && pos - start <= 2) {
      return scanString(this, start, pos);
    }
    if (code >= 128) {
      this.end = offset(ch.unicodeName(text, start));
      this.kind = this.end === pos ? giveUp() : t.NAME;
      return;
    }
    this.end = offset(pos);
    this.kind = t.nameKind(text, start, pos);
  }

  /** The text of the current token. */
  word(): string {
    return this.text.slice(this.start, this.end);
  }

  /** True when the current token is this name. Soft keywords are names. */
  isName(word: string): boolean {
    return (
      this.kind === t.NAME && this.end - this.start === word.length && this.text.startsWith(word, this.start)
    );
  }

  /** Steps over a token of this kind if it is the current one. */
  eat(kind: number): boolean {
    if (this.kind !== kind) return false;
    this.advance();
    return true;
  }

  expect(kind: number): void {
    if (this.kind !== kind) giveUp();
    this.advance();
  }

  /** Steps over a name and gives it. */
  takeName(): string {
    if (this.kind !== t.NAME) giveUp();
    const word = nameIn(this.text, this.start, this.end);
    this.advance();
    return word;
  }
}

function isBlank(code: number): boolean {
  return code === ch.SPACE || code === ch.TAB || code === ch.FF;
}
