/** Kinds of tokens. Plain numbers: they index the tables below. */
export const EOF: number = 0;
export const NEWLINE: number = 1;
export const INDENT: number = 2;
export const DEDENT: number = 3;
export const NAME: number = 4;
export const NUMBER: number = 5;
/** A whole string without interpolations. */
export const STRING: number = 6;
/** The opening quote of an f-string or t-string; what follows is read by the parser. */
export const FSTRING: number = 7;

export const LPAR: number = 8;
export const RPAR: number = 9;
export const LSQB: number = 10;
export const RSQB: number = 11;
export const LBRACE: number = 12;
export const RBRACE: number = 13;
export const COLON: number = 14;
export const COMMA: number = 15;
export const SEMI: number = 16;
export const DOT: number = 17;
export const ELLIPSIS: number = 18;
export const ARROW: number = 19;
export const EQUAL: number = 20;
export const WALRUS: number = 21;
export const TILDE: number = 22;
/** `+=` and its like. */
export const AUGMENTED: number = 23;
/** `!` before the conversion in an f-string. */
export const BANG: number = 24;

export const VBAR: number = 25;
export const CIRCUMFLEX: number = 26;
export const AMPER: number = 27;
export const LSHIFT: number = 28;
export const RSHIFT: number = 29;
export const PLUS: number = 30;
export const MINUS: number = 31;
export const STAR: number = 32;
export const SLASH: number = 33;
export const DOUBLE_SLASH: number = 34;
export const PERCENT: number = 35;
export const AT: number = 36;
export const DOUBLE_STAR: number = 37;
export const LESS: number = 38;
export const GREATER: number = 39;
export const LESS_EQUAL: number = 40;
export const GREATER_EQUAL: number = 41;
export const EQ_EQUAL: number = 42;
export const NOT_EQUAL: number = 43;

const FIRST_KEYWORD = 44;
const KEYWORDS = [
  'False',
  'None',
  'True',
  'and',
  'as',
  'assert',
  'async',
  'await',
  'break',
  'class',
  'continue',
  'def',
  'del',
  'elif',
  'else',
  'except',
  'finally',
  'for',
  'from',
  'global',
  'if',
  'import',
  'in',
  'is',
  'lambda',
  'nonlocal',
  'not',
  'or',
  'pass',
  'raise',
  'return',
  'try',
  'while',
  'with',
  'yield',
] as const;

const keyword = (word: (typeof KEYWORDS)[number]): number => FIRST_KEYWORD + KEYWORDS.indexOf(word);

export const FALSE = keyword('False');
export const NONE = keyword('None');
export const TRUE = keyword('True');
export const AND = keyword('and');
export const AS = keyword('as');
export const ASSERT = keyword('assert');
export const ASYNC = keyword('async');
export const AWAIT = keyword('await');
export const BREAK = keyword('break');
export const CLASS = keyword('class');
export const CONTINUE = keyword('continue');
export const DEF = keyword('def');
export const DEL = keyword('del');
export const ELIF = keyword('elif');
export const ELSE = keyword('else');
export const EXCEPT = keyword('except');
export const FINALLY = keyword('finally');
export const FOR = keyword('for');
export const FROM = keyword('from');
export const GLOBAL = keyword('global');
export const IF = keyword('if');
export const IMPORT = keyword('import');
export const IN = keyword('in');
export const IS = keyword('is');
export const LAMBDA = keyword('lambda');
export const NONLOCAL = keyword('nonlocal');
export const NOT = keyword('not');
export const OR = keyword('or');
export const PASS = keyword('pass');
export const RAISE = keyword('raise');
export const RETURN = keyword('return');
export const TRY = keyword('try');
export const WHILE = keyword('while');
export const WITH = keyword('with');
export const YIELD = keyword('yield');

const LONGEST_KEYWORD = 8;

/** No two keywords share a slot. */
const slot = (first: number, second: number, last: number, length: number): number =>
  (first * 18 + second * 41 + last + length * 52) & 63;

const SLOTS: readonly (string | null)[] = slots();
const SLOT_KINDS = Uint8Array.from(SLOTS, (word) =>
  word === null ? NAME : FIRST_KEYWORD + KEYWORDS.findIndex((keyword) => keyword === word),
);

function slots(): (string | null)[] {
  const out = Array.from<string | null>({ length: 64 }).fill(null);
  for (const word of KEYWORDS) {
    const at = (i: number): number => word.charCodeAt(i);
    out[slot(at(0), at(1), at(word.length - 1), word.length)] = word;
  }
  return out;
}

/** The keyword that `text[start, end)` is; NAME when it is none. */
export function nameKind(text: string, start: number, end: number): number {
  const length = end - start;
  if (length < 2 || length > LONGEST_KEYWORD) return NAME;
  const at = slot(text.charCodeAt(start), text.charCodeAt(start + 1), text.charCodeAt(end - 1), length);
  const word = SLOTS[at] ?? null;
  if (word === null || word.length !== length) return NAME;
  for (let i = 0; i < length; i++) if (text.charCodeAt(start + i) !== word.charCodeAt(i)) return NAME;
  return SLOT_KINDS[at] ?? NAME;
}

/** Binding powers of what can stand between two operands, weakest first; 0 for every other token. */
export const OR_POWER: number = 1;
export const AND_POWER: number = 2;
export const NOT_POWER: number = 3;
export const COMPARE_POWER: number = 4;
export const BITOR_POWER: number = 5;
export const UNARY_POWER: number = 11;
export const POWER_POWER: number = 12;

export const POWERS: Uint8Array = powers();

function powers(): Uint8Array {
  const out = new Uint8Array(FIRST_KEYWORD + KEYWORDS.length);
  const rows: readonly (readonly [number, readonly number[]])[] = [
    [OR_POWER, [OR]],
    [AND_POWER, [AND]],
    [COMPARE_POWER, [LESS, GREATER, LESS_EQUAL, GREATER_EQUAL, EQ_EQUAL, NOT_EQUAL, IN, IS, NOT]],
    [BITOR_POWER, [VBAR]],
    [6, [CIRCUMFLEX]],
    [7, [AMPER]],
    [8, [LSHIFT, RSHIFT]],
    [9, [PLUS, MINUS]],
    [10, [STAR, SLASH, DOUBLE_SLASH, PERCENT, AT]],
    [POWER_POWER, [DOUBLE_STAR]],
  ];
  for (const [power, kinds] of rows) for (const kind of kinds) out[kind] = power;
  return out;
}

/** The text of operators between two operands, by kind. */
export const OPERATORS: readonly string[] = operators();

function operators(): string[] {
  const out: string[] = [];
  const list = '| ^ & << >> + - * / // % @ ** < > <= >= == !='.split(' ');
  for (let kind = 0; kind < VBAR; kind++) out.push('');
  out.push(...list);
  for (const word of KEYWORDS) out.push(word);
  return out;
}

/** Tokens with which an expression, or a starred one, can start. */
export const STARTS_EXPRESSION = new Uint8Array(POWERS.length);
for (const kind of [NAME, NUMBER, STRING, FSTRING, LPAR, LSQB, LBRACE, ELLIPSIS, PLUS, MINUS])
  STARTS_EXPRESSION[kind] = 1;
for (const kind of [TILDE, STAR, NOT, LAMBDA, AWAIT, NONE, TRUE, FALSE]) STARTS_EXPRESSION[kind] = 1;
