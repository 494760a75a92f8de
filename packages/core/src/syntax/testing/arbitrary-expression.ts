import * as fc from 'fast-check';

export type Text = fc.Arbitrary<string>;

/** All kinds of expressions count into one depth. */
const DEEP = { maxDepth: 4, depthSize: 'small', depthIdentifier: 'expression' } as const;

export const name: Text = fc.constantFrom(
  'a',
  'b',
  'self',
  'Model',
  'match',
  'case',
  'type',
  '_',
  'été',
  'print',
  'x1',
);
const number: Text = fc.constantFrom('0', '1', '0xff', '1_000', '1.5e3', '.5', '2j', '00');
const string: Text = fc.constantFrom(`'a'`, `"it's"`, `r'\\d'`, `'a' "b"`, `'''a\n"b"'''`, `'\\'😀'`, `u""`);
const bytes: Text = fc.constantFrom(`b'a'`, `Rb"\\n"`, `b'a' rb'b'`);
/** Spaces that may stand between two tokens inside brackets. */
export const gap: Text = fc.constantFrom(
  '',
  '',
  '',
  ' ',
  '  ',
  '\n' + ' '.repeat(60),
  ' # why, (\n' + ' '.repeat(60),
);

/** Puts texts together: strings as they stand, arbitraries by what they give. */
export function text(...parts: readonly (string | Text)[]): Text {
  const all = parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part));
  return fc.tuple(...all).map((found) => found.join(''));
}

const separated = (item: Text, min: number, by = ', '): Text =>
  fc.array(item, { minLength: min, maxLength: 2 }).map((items) => items.join(by));
export const optional = (part: Text): Text => fc.oneof(fc.constant(''), part);

/** Expressions that stand in brackets where their operator asks for it. */
export const { expression, primary, target } = fc.letrec<{
  expression: string;
  atom: string;
  primary: string;
  operand: string;
  argument: string;
  index: string;
  clauses: string;
  parameters: string;
  field: string;
  target: string;
}>((tie) => ({
  atom: fc.oneof(
    DEEP,
    name,
    fc.oneof(
      number.map((digits) => `(${digits})`),
      string,
      bytes,
      fc.constantFrom('None', 'True', '...', '()', '[]', '{}'),
    ),
    text('(', gap, tie('expression'), gap, ')'),
    text('(', gap, tie('expression'), ',', gap, '*', tie('primary'), ')'),
    text('[', gap, separated(tie('expression'), 1), ',', gap, ']'),
    text('{', separated(tie('expression'), 1), '}'),
    text('{', tie('expression'), ':', gap, tie('expression'), ', **', tie('primary'), '}'),
    text('[', tie('expression'), tie('clauses'), ']'),
    text('{', tie('expression'), ': ', tie('expression'), tie('clauses'), gap, '}'),
    text('(', tie('expression'), tie('clauses'), ')'),
    text('(', name, ' := ', tie('operand'), ')'),
    text(`f'a{`, tie('field'), `!r:>{`, name, `}}{{'`),
    text(`f"""{`, tie('field'), `}\n{`, tie('field'), `=}"""`),
  ),
  field: fc.oneof(DEEP, text('(', name, ')'), text(name, '.', name, '[0]'), text(name, '(1, *b)')),
  clauses: fc.oneof(
    DEEP,
    text(' for ', tie('target'), ' in ', tie('operand')),
    text(' for a, *b in ', tie('operand'), ' if ', tie('operand'), ' if ', tie('primary')),
    text(' async for ', name, ' in ', tie('primary'), ' for b in ', name),
  ),
  primary: fc.oneof(
    DEEP,
    tie('atom'),
    text(
      name,
      '.',
      gap.map((space) => (space.startsWith(' ') ? '' : '')),
      name,
    ),
    text(tie('atom'), '.', name),
    text(tie('primary'), '(', gap, separated(tie('argument'), 0), gap, ')'),
    text(tie('primary'), '[', separated(tie('index'), 1), ']'),
    text(name, '(', tie('expression'), tie('clauses'), ')'),
  ),
  argument: fc.oneof(
    DEEP,
    tie('expression'),
    text('*', tie('primary')),
    text(name, ' := ', tie('operand')).map((named) => `(${named})`),
  ),
  index: fc.oneof(
    DEEP,
    tie('expression'),
    text('*', name),
    text(optional(tie('operand')), ':', optional(tie('operand'))),
    text(name, '::', name),
  ),
  parameters: fc.constantFrom('', ' a', ' a, *b', ' a=1, /, *, b, **c', ' *, a=(b)', ' a, b=c.d,'),
  operand: fc.oneof(
    DEEP,
    tie('primary'),
    text('-', tie('primary')),
    text('not ', tie('primary')).map((negated) => `(${negated})`),
    text(
      tie('primary'),
      fc.constantFrom(' + ', '*', ' // ', ' % ', ' @ ', ' << ', ' | ', '**'),
      tie('primary'),
    ),
    text(tie('primary'), ' - ', tie('primary'), ' * ', tie('primary'), ' + ', tie('primary')),
    text(
      tie('primary'),
      fc.constantFrom(' < ', '==', ' is not ', ' not in ', ' in '),
      tie('primary'),
      ' != ',
      name,
    ),
    text(tie('operand'), ' and ', tie('operand'), ' or not ', tie('operand')),
  ),
  expression: fc.oneof(
    DEEP,
    tie('operand'),
    tie('operand'),
    text(tie('operand'), ' if ', tie('operand'), ' else ', tie('expression')),
    text('lambda', tie('parameters'), ': ', tie('expression')),
  ),
  target: fc.oneof(
    DEEP,
    name,
    text(name, '.', name),
    text(fc.constantFrom('a', 'self', 'match'), '[', tie('primary'), ']'),
    text('(', tie('target'), ', ', tie('target'), ')'),
    text('[', tie('target'), ', *', name, ']'),
    text('(', tie('target'), ')'),
  ),
}));

/** What may stand without brackets where a value is wanted. */
export const list = fc.oneof(
  expression,
  text(expression, ', ', expression),
  text(expression, ','),
  text('*', name, ', ', name),
);
