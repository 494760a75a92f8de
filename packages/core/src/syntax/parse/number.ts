import { DOT_CHAR, hexValue, isDigit, NAME_PARTS, UNDERSCORE, ZERO } from './chars.ts';
import { giveUp } from './give-up.ts';

/** The end of the number literal at `start`. Old octals, `10L` and `1if` are given up. */
export function numberEnd(text: string, start: number): number {
  const end = text.charCodeAt(start) === ZERO ? zeroEnd(text, start) : decimalEnd(text, start);
  const next = text.charCodeAt(end);
  return next >= 128 || NAME_PARTS[next] === 1 ? giveUp() : end;
}

function zeroEnd(text: string, start: number): number {
  const next = text.charCodeAt(start + 1);
  if (isDigit(next) || next === UNDERSCORE) return zerosEnd(text, start);
  const base = baseOf(next | 32);
  if (base === 10) return decimalEnd(text, start);
  const from = text.charCodeAt(start + 2) === UNDERSCORE ? start + 3 : start + 2;
  return digitsEnd(text, from, base);
}

/** `00` is a number, `01` is none. */
function zerosEnd(text: string, start: number): number {
  const end = digitsEnd(text, start, 10);
  for (let pos = start; pos < end; pos++) {
    const code = text.charCodeAt(pos);
    if (code !== ZERO && code !== UNDERSCORE) giveUp();
  }
  return decimalEnd(text, start);
}

/** By the lower-case letter behind the zero. */
function baseOf(letter: number): number {
  return letter === 120 ? 16 : letter === 111 ? 8 : letter === 98 ? 2 : 10;
}

/** At least one digit, with single underscores between digits. */
function digitsEnd(text: string, start: number, base: number): number {
  let pos = start;
  for (;;) {
    if (hexValue(text.charCodeAt(pos)) >= base) giveUp();
    while (hexValue(text.charCodeAt(pos)) < base) pos++;
    if (text.charCodeAt(pos) !== UNDERSCORE) return pos;
    pos++;
  }
}

function decimalEnd(text: string, start: number): number {
  let pos = text.charCodeAt(start) === DOT_CHAR ? start : digitsEnd(text, start, 10);
  if (text.charCodeAt(pos) === DOT_CHAR) {
    pos++;
    if (isDigit(text.charCodeAt(pos))) pos = digitsEnd(text, pos, 10);
  }
  if ((text.charCodeAt(pos) | 32) === 101) {
    const sign = text.charCodeAt(pos + 1);
    pos = digitsEnd(text, sign === 43 || sign === 45 ? pos + 2 : pos + 1, 10);
  }
  return (text.charCodeAt(pos) | 32) === 106 ? pos + 1 : pos;
}
