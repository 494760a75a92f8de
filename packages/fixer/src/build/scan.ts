/** The pieces of Python source that layout cares about. */
export type TokenKind =
  | 'string'
  | 'comment'
  | 'newline'
  | 'continuation'
  | 'space'
  | 'open'
  | 'close'
  | 'comma'
  | 'other';

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

const BLANKS = /[ \t\f]*/y;
const REST_OF_LINE = /[^\r\n]*/y;
const WORD = /\w*/y;
const STRING_PREFIX = /^(?:[rbuft]|r[bft]|[bft]r)$/i;
const SINGLE: Readonly<Record<string, TokenKind>> = {
  '(': 'open',
  '[': 'open',
  '{': 'open',
  ')': 'close',
  ']': 'close',
  '}': 'close',
  ',': 'comma',
};

/** Splits `[start, end)` of a text into tokens; `start` stands outside strings and comments. */
export function scan(text: string, start = 0, end = text.length): readonly Token[] {
  const tokens: { readonly kind: TokenKind; readonly start: number; end: number }[] = [];
  let at = start;
  while (at < end) {
    const kind = kindAt(text, at);
    const past = Math.min(Math.max(tokenEnd(text, at, kind), at + 1), end);
    const last = tokens.at(-1);
    if (kind === 'other' && last?.kind === 'other') last.end = past;
    else tokens.push({ kind, start: at, end: past });
    at = past;
  }
  return tokens;
}

function kindAt(text: string, at: number): TokenKind {
  const char = text[at] ?? '';
  if (char === '\n' || char === '\r') return 'newline';
  if (char === ' ' || char === '\t' || char === '\f') return 'space';
  if (char === '#') return 'comment';
  if (char === '\\' && (text[at + 1] === '\n' || text[at + 1] === '\r')) return 'continuation';
  if (quoteAt(text, at) >= 0) return 'string';
  return SINGLE[char] ?? 'other';
}

function tokenEnd(text: string, at: number, kind: TokenKind): number {
  switch (kind) {
    case 'newline':
      return newlineEnd(text, at);
    case 'continuation':
      return newlineEnd(text, at + 1);
    case 'space':
      return runEnd(text, at, BLANKS);
    case 'comment':
      return runEnd(text, at, REST_OF_LINE);
    case 'string': {
      const quote = quoteAt(text, at);
      return stringEnd(text, quote, /[ft]/i.test(text.slice(at, quote)));
    }
    case 'other':
      return Math.max(runEnd(text, at, WORD), at + 1);
    default:
      return at + 1;
  }
}

function newlineEnd(text: string, at: number): number {
  return text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1;
}

/** The end of a run that a sticky pattern matches, possibly nothing. */
function runEnd(text: string, at: number, run: RegExp): number {
  run.lastIndex = at;
  run.test(text);
  return Math.max(run.lastIndex, at);
}

/** Where the quote of a string literal stands that begins at `at` (after its prefix); -1 when none begins there. */
function quoteAt(text: string, at: number): number {
  const isQuote = (i: number): boolean => text[i] === '"' || text[i] === "'";
  if (isQuote(at)) return at;
  for (let length = 1; length <= 2; length++) {
    if (isQuote(at + length)) return STRING_PREFIX.test(text.slice(at, at + length)) ? at + length : -1;
  }
  return -1;
}

/** The end of a string literal whose quote stands at `at`; an unterminated one ends with its line. */
export function stringEnd(text: string, at: number, interpolated: boolean): number {
  const one = text[at] ?? '"';
  const quote = text.startsWith(one.repeat(3), at) ? one.repeat(3) : one;
  let i = at + quote.length;
  while (i < text.length) {
    const char = text[i];
    if (text.startsWith(quote, i)) return i + quote.length;
    if (char === '\\') i += 2;
    else if (quote.length === 1 && (char === '\n' || char === '\r')) return i;
    else if (interpolated && char === '{') i = text[i + 1] === '{' ? i + 2 : interpolationEnd(text, i + 1);
    else i++;
  }
  return text.length;
}

/** The end of `{expression!r:spec}`; `at` stands after its brace. Quotes in a format spec are plain characters. */
function interpolationEnd(text: string, at: number): number {
  let depth = 0;
  let spec = false;
  for (let i = at; i < text.length; ) {
    const char = text[i] ?? '';
    if (char === '}' && depth === 0) return i + 1;
    if (!spec && (char === '"' || char === "'")) {
      i = stringEnd(text, i, /[ft]/i.test(text[i - 1] ?? ''));
      continue;
    }
    if (SINGLE[char] === 'open') depth++;
    else if (SINGLE[char] === 'close') depth--;
    else if (char === ':' && depth === 0) spec = true;
    i++;
  }
  return text.length;
}
