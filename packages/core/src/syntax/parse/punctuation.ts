import { offset } from '../../text/index.ts';
import { DOT_CHAR, EQUAL_CHAR, isDigit, CR, LF } from './chars.ts';
import { giveUp } from './give-up.ts';
import { numberEnd } from './number.ts';
import type { Scanner } from './scanner.ts';
import * as t from './token.ts';

const GREATER_CHAR = 62;

/** Reads the token at `pos` that is neither a name nor a literal. */
export function punctuation(s: Scanner, pos: number, code: number): void {
  switch (code) {
    case 40: // (
      s.depth++;
      return token(s, t.LPAR, pos + 1);
    case 41: // )
      s.depth--;
      return token(s, t.RPAR, pos + 1);
    case 91: // [
      s.depth++;
      return token(s, t.LSQB, pos + 1);
    case 93: // ]
      s.depth--;
      return token(s, t.RSQB, pos + 1);
    case 123: // {
      s.depth++;
      return token(s, t.LBRACE, pos + 1);
    case 125: // }
      s.depth--;
      return token(s, t.RBRACE, pos + 1);
    case 44: // ,
      return token(s, t.COMMA, pos + 1);
    case DOT_CHAR:
      return dot(s, pos);
    case 58: // :
      return colon(s, pos);
    case EQUAL_CHAR:
      return s.at(pos + 1) === EQUAL_CHAR ? token(s, t.EQ_EQUAL, pos + 2) : token(s, t.EQUAL, pos + 1);
    case LF:
      return token(s, t.NEWLINE, pos + 1);
    case CR:
      return token(s, t.NEWLINE, pos + 2);
    default:
      operator(s, pos, code);
  }
}

function token(s: Scanner, kind: number, end: number): void {
  s.kind = kind;
  s.end = offset(end);
}

function dot(s: Scanner, pos: number): void {
  const next = s.at(pos + 1);
  if (isDigit(next)) token(s, t.NUMBER, numberEnd(s.text, pos));
  else if (next === DOT_CHAR && s.at(pos + 2) === DOT_CHAR) token(s, t.ELLIPSIS, pos + 3);
  else token(s, t.DOT, pos + 1);
}

function colon(s: Scanner, pos: number): void {
  const walrus = s.at(pos + 1) === EQUAL_CHAR && s.depth !== s.fieldDepth;
  token(s, walrus ? t.WALRUS : t.COLON, walrus ? pos + 2 : pos + 1);
}

function operator(s: Scanner, pos: number, code: number): void {
  switch (code) {
    case 42: // *
      return doubled(s, pos, code, t.STAR, t.DOUBLE_STAR);
    case 47: // /
      return doubled(s, pos, code, t.SLASH, t.DOUBLE_SLASH);
    case 43: // +
      return augmentable(s, t.PLUS, pos + 1);
    case 45: // -
      return s.at(pos + 1) === GREATER_CHAR ? token(s, t.ARROW, pos + 2) : augmentable(s, t.MINUS, pos + 1);
    case 37: // %
      return augmentable(s, t.PERCENT, pos + 1);
    case 64: // @
      return augmentable(s, t.AT, pos + 1);
    case 124: // |
      return augmentable(s, t.VBAR, pos + 1);
    case 38: // &
      return augmentable(s, t.AMPER, pos + 1);
    case 94: // ^
      return augmentable(s, t.CIRCUMFLEX, pos + 1);
    case 60: // <
      return less(s, pos);
    case GREATER_CHAR:
      return comparison(s, pos, code, t.GREATER, t.GREATER_EQUAL, t.RSHIFT);
    default:
      rest(s, pos, code);
  }
}

function rest(s: Scanner, pos: number, code: number): void {
  switch (code) {
    case 59: // ;
      return token(s, t.SEMI, pos + 1);
    case 126: // ~
      return token(s, t.TILDE, pos + 1);
    case 33: // !
      if (s.at(pos + 1) === EQUAL_CHAR) return token(s, t.NOT_EQUAL, pos + 2);
      return s.depth === s.fieldDepth ? token(s, t.BANG, pos + 1) : giveUp();
    case 0:
      return endOfText(s, pos);
    default:
      giveUp();
  }
}

/** A last line without a line end has one all the same. */
function endOfText(s: Scanner, pos: number): void {
  if (s.depth > 0 || pos < s.length) giveUp();
  token(s, s.kind === t.DEDENT || s.kind === t.EOF ? t.EOF : t.NEWLINE, pos);
}

function less(s: Scanner, pos: number): void {
  if (s.at(pos + 1) === GREATER_CHAR) giveUp();
  comparison(s, pos, 60, t.LESS, t.LESS_EQUAL, t.LSHIFT);
}

function comparison(
  s: Scanner,
  pos: number,
  code: number,
  alone: number,
  equal: number,
  shift: number,
): void {
  const next = s.at(pos + 1);
  if (next === EQUAL_CHAR) token(s, equal, pos + 2);
  else if (next === code) augmentable(s, shift, pos + 2);
  else token(s, alone, pos + 1);
}

function doubled(s: Scanner, pos: number, code: number, one: number, two: number): void {
  if (s.at(pos + 1) === code) augmentable(s, two, pos + 2);
  else augmentable(s, one, pos + 1);
}

function augmentable(s: Scanner, kind: number, end: number): void {
  if (s.at(end) === EQUAL_CHAR && s.depth === 0) token(s, t.AUGMENTED, end + 1);
  else token(s, kind, end);
}
