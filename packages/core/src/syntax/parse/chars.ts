export const TAB = 9;
export const LF = 10;
export const FF = 12;
export const CR = 13;
export const SPACE = 32;
export const QUOTE = 34;
export const HASH = 35;
export const APOSTROPHE = 39;
export const DOT_CHAR = 46;
export const ZERO = 48;
export const NINE = 57;
export const COLON_CHAR = 58;
export const EQUAL_CHAR = 61;
export const BACKSLASH = 92;
export const UNDERSCORE = 95;
export const OPEN_BRACE = 123;
export const CLOSE_BRACE = 125;

/** What a character below 128 can start. */
export const OTHER = 0;
export const LETTER = 1;
export const DIGIT = 2;
export const STRING_QUOTE = 3;

export const STARTS: Uint8Array = starts();
/** 1 for the characters below 128 of which names are made. */
export const NAME_PARTS: Uint8Array = STARTS.map((kind) => (kind === LETTER || kind === DIGIT ? 1 : 0));

function starts(): Uint8Array {
  const out = new Uint8Array(128);
  const fill = (kind: number, characters: string): void => {
    for (const character of characters) out[character.charCodeAt(0)] = kind;
  };
  fill(LETTER, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_');
  fill(DIGIT, '0123456789');
  fill(STRING_QUOTE, `"'`);
  return out;
}

const NAME_START = /[_\p{XID_Start}]/u;
const NAME_PART = /[_\p{XID_Continue}]/u;

/** The end of a name with characters beyond ASCII that starts at `start`; `start` when there is none. */
export function unicodeName(text: string, start: number): number {
  let pos = start;
  for (;;) {
    const code = text.codePointAt(pos);
    if (code === undefined) return pos;
    const character = String.fromCodePoint(code);
    if (!(pos === start ? NAME_START : NAME_PART).test(character)) return pos;
    pos += character.length;
  }
}

export const isDigit = (code: number): boolean => code >= ZERO && code <= NINE;

/** The value of a hexadecimal digit; 16 for everything else. */
export function hexValue(code: number): number {
  if (isDigit(code)) return code - ZERO;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : 16;
}
