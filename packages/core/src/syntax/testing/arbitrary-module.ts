import * as fc from 'fast-check';
import {
  expression,
  gap,
  list,
  name,
  optional,
  primary,
  target,
  text,
  type Text,
} from './arbitrary-expression.ts';

type Lines = fc.Arbitrary<readonly string[]>;

const one = (part: Text): Lines => part.map((line) => [line]);
const dotted = fc.constantFrom('a', 'a.b', '.', '..', '.a', '...a.b');
const parameters = text(
  fc.constantFrom('self', 'a', 'a, b: int = 1', 'a, /, b=2', '*, a', '*args: *Ts', ''),
  fc.constantFrom('', ',  # why\n        '),
).map((start) => (start.startsWith(',') ? '' : start));

const simple: Lines = one(
  fc.oneof(
    expression,
    text('(', list, ')'),
    text(target, ' = ', list),
    text(target, ', ', name, ' = ', target, ' = ', list),
    text(
      fc.constantFrom('a', 'a.b', '(a)', 'a[0]'),
      ': ',
      fc.constantFrom('int', 'a.B[C]', 'dict[str, A] | None'),
      ' = ',
      list,
    ),
    text(name, fc.constantFrom(' += ', '//=', ' @= '), list),
    text('return ', list),
    text(
      'raise ',
      optional(expression).map((exc) => (exc === '' ? '' : `${exc} from None`)),
    ),
    text('assert ', expression, ', ', expression),
    text('del (', name, ', ', name, '.a), ', name, '[0]'),
    text('x = yield ', list),
    text('await a(', expression, ')'),
    text('from ', dotted, ' import (', name, ' as b,', gap, 'c)'),
    fc.constantFrom(
      'pass',
      'break; continue;',
      'import a.b as c, d',
      'from a import *',
      'global a, b',
      'nonlocal a',
    ),
    text('type X[T: int, *Ts] = ', fc.constantFrom('A', 'list[T]', 'A | B')),
  ),
);

const commented = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => (line === 'pass' ? 'pass  # c' : line));
const indented = (lines: readonly string[], by: string): string[] => lines.map((line) => by + line);

/** A head, and below it a block. */
function block(head: string | Text, body: Lines): Lines {
  const top = typeof head === 'string' ? fc.constant(head) : head;
  return fc
    .tuple(top, body, fc.constantFrom('    ', '  ', '\t'), fc.constantFrom('', '', '# own', '\f'))
    .map(([line, lines, by, extra]) => [
      `${line}:`,
      ...(extra === '' ? [] : [extra]),
      ...indented(lines, by),
    ]);
}

const joined = (...parts: readonly Lines[]): Lines => fc.tuple(...parts).map((all) => all.flat());

const pattern = fc.constantFrom(
  '_',
  'x',
  'None',
  '1 | -2.5',
  '"a" "b"',
  'A.B',
  '[a, *_]',
  '(a, b) as c',
  'A(x, y=[z])',
  '{"k": v, **rest}',
  'a, *b',
);

const { body } = fc.letrec<{ body: readonly string[]; statement: readonly string[] }>((tie) => ({
  body: fc.array(tie('statement'), { minLength: 1, maxLength: 2 }).map((all) => all.flat()),
  statement: fc.oneof(
    { maxDepth: 3, depthSize: 'small', depthIdentifier: 'statement' },
    simple.map(commented),
    simple,
    joined(
      block(text('if ', expression), tie('body')),
      block(text('elif (', name, ' := ', primary, ')'), tie('body')),
      block('else', tie('body')),
    ),
    joined(block(text('for ', target, ', ', name, ' in ', list), tie('body')), block('else', tie('body'))),
    block(text('while ', expression), tie('body')),
    joined(
      block('try', tie('body')),
      block(text('except ', fc.constantFrom('A', '(A, B)', 'a.B'), ' as e'), tie('body')),
      block('except', tie('body')),
      block('finally', tie('body')),
    ),
    joined(block('try', tie('body')), block('except* (A, B)', tie('body'))),
    block(text('with ', primary, ' as ', target, ', ', name), tie('body')),
    block(text('with (', name, ' as ', target, ', ', name, '(),)'), tie('body')),
    block(
      text(
        optional(fc.constant('async ')),
        'def f',
        optional(fc.constant('[T]')),
        '(',
        parameters,
        ') -> ',
        name,
      ),
      tie('body'),
    ),
    joined(
      one(text('@', name, '(', expression, ')')),
      block(text('class C(', name, ', metaclass=', name, ', **b)'), tie('body')),
    ),
    block(
      text('match ', fc.oneof(name, text('(', expression, ', b)'), text(name, ', *', name))),
      block(text('case ', pattern, optional(text(' if ', expression))), tie('body')),
    ),
  ),
}));

/** Valid modules as text: every kind of statement and expression, with odd layouts. What tree-sitter's grammar gets wrong is left out. */
export const arbitraryModule: Text = fc
  .tuple(
    fc.array(body, { minLength: 1, maxLength: 4 }),
    fc.constantFrom('\n', '\n', '\r\n', '\r'),
    fc.boolean(),
  )
  .map(([bodies, newline, ends]) => {
    const source = bodies.map((lines) => lines.join('\n')).join('\n\n# between\n');
    return (ends ? `${source}\n` : source).replaceAll('\n', newline);
  });
