import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type ModuleSyntax,
  parseBroken,
  parseModule,
  parseValid,
  parseWithGrammar,
  PythonParser,
} from './index.ts';
import { type Span, span } from '../text/index.ts';
import { childNodes, nodesIn, type SyntaxNode } from './testing/nodes.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await PythonParser.load();
});

/** Text of every node of a kind, in source order. */
function textsOf(source: string, kind: SyntaxNode['kind']): string[] {
  const found = [...nodesIn(parseModule(parser, source).body)].filter((node) => node.kind === kind);
  return found
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .map((node) => source.slice(node.start, node.end));
}

const inside = (inner: Span, outer: Span): boolean =>
  inner.end === 0 || (inner.start >= outer.start && inner.end <= outer.end);

/** True when the name of a node stands where its span says. */
function named(node: SyntaxNode, source: string, whole: boolean): boolean {
  const text = source.slice(node.start, node.end);
  if (node.kind === 'Name') return text === node.id;
  if (node.kind === 'Attribute') return !whole || text.endsWith(node.attr);
  if (node.kind !== 'FunctionDef' && node.kind !== 'ClassDef') return true;
  return source.slice(node.nameSpan.start, node.nameSpan.end) === node.name;
}

/** Holds for any text and every parser: spans lie in the text and inside their parents', and names stand where they say. */
function checkSpans(source: string): void {
  for (const syntax of [parseValid(source), parseBroken(parser, source), parseWithGrammar(parser, source)]) {
    if (syntax !== null) checkSyntax(source, syntax);
  }
}

function checkSyntax(source: string, { body, comments, errors }: ModuleSyntax): void {
  const text = span(0, source.length);
  const nodes = [...nodesIn(body)];
  const faults = [
    ...nodes.filter((node) => !inside(node, text) || node.start > node.end),
    ...nodes.flatMap((node) => childNodes(node).filter((child) => !inside(child, node))),
    ...nodes.filter((node) => !named(node, source, errors.length === 0)),
    ...comments.filter((comment) => source.slice(comment.start, comment.end) !== comment.text),
    ...errors.filter((error) => !inside(error.span, text)),
  ];
  expect(faults).toEqual([]);
}

describe('offsets are UTF-16 units of the text', () => {
  it.each([
    ['emoji before, in and after a string', `s = '😀'; t = f('💥', key='🧨').attr  # 🎉\nlast`],
    ['combining and wide letters', `名前 = é.ñ('ß')\nlast`],
    ['emoji inside an f-string', `x = f'😀{a.b}😀{c(d)}'\nlast`],
    ['CRLF', `if a:\r\n    b = f(c)  # d\r\n\r\n    e.g\r\nlast`],
    ['lone CR', `if a:\r    b = f(c)  # d\r\r    e.g\rlast`],
    ['mixed newlines', `a\nb\r\nc.d\rlast`],
    ['tabs', `if a:\n\tb = f(\t'😀'\t)\n\tc\nlast`],
    ['form feeds', `a = 1\n\f\ndef f():\n    return g\n\f\n    b.c\nlast`],
    ['continued lines', `a = b + \\\n    c.d(\\\n e)\nlast`],
    ['a comment as the last thing', `last  # 😀`],
    ['no newline at the end', `def f(): last`],
  ])('%s', (_name, source) => {
    checkSpans(source);
    expect(parseModule(parser, source).errors).toEqual([]);
    expect(textsOf(source, 'Name').at(-1)).toBe('last');
  });

  it('finds calls behind characters of two units', () => {
    expect(textsOf(`s = '😀😀'; M.objects.get(id='💥')\n`, 'Call')).toEqual([`M.objects.get(id='💥')`]);
  });
});

describe('brackets belong to tuples and generators only', () => {
  it.each<[string, SyntaxNode['kind'], string[]]>([
    ['x = ((a.b))', 'Attribute', ['a.b']],
    ['x = (a, b)', 'Tuple', ['(a, b)']],
    ['x = a, b', 'Tuple', ['a, b']],
    ['x[a, b]', 'Tuple', ['a, b']],
    ['x[a, b,]', 'Tuple', ['a, b,']],
    ['f(x for x in y)', 'GeneratorExp', ['(x for x in y)']],
    ['x = (yield)', 'Yield', ['yield']],
    ['x = {*f(a)}', 'Call', ['f(a)']],
    ['x = {* f(a)}', 'Call', ['f(a)']],
    ['type (x).y = 1', 'Call', ['type (x)']],
    ['type(x).y = 1', 'Attribute', ['type(x).y']],
  ])('%s', (source, kind, texts) => {
    expect(textsOf(`${source}\n`, kind)).toEqual(texts);
  });
});

describe('statements end with their last statement', () => {
  it.each<[string, SyntaxNode['kind'], string[]]>([
    ['if a:\n    b  # c\n    # d\n\n\ne', 'If', ['if a:\n    b']],
    ['if a:\n    b\nelif c:\n    d # e\nf', 'If', ['if a:\n    b\nelif c:\n    d', 'elif c:\n    d']],
    ['try:\n    a\nexcept B:\n    pass # c\n\n# d\ne', 'Try', ['try:\n    a\nexcept B:\n    pass']],
    ['@a\ndef f():\n    b\n    # c\n\n# d\n', 'FunctionDef', ['@a\ndef f():\n    b']],
    ['class A:\n    b = 1; # c\n', 'ClassDef', ['class A:\n    b = 1']],
    ['for a in b:\n    c\n# d\nelse:\n    e # f\n', 'For', ['for a in b:\n    c\n# d\nelse:\n    e']],
    ['with a:\n    b # c\n', 'With', ['with a:\n    b']],
    ['match a:\n    case b:\n        c # d\n', 'Match', ['match a:\n    case b:\n        c']],
  ])('%s', (source, kind, texts) => {
    expect(textsOf(source, kind)).toEqual(texts);
  });

  it('ends an except clause there too', () => {
    const source = 'try:\n    a\nexcept B as e:\n    c # d\n\n# f\n';
    const [stmt] = parseModule(parser, source).body;
    const handlers = stmt?.kind === 'Try' ? stmt.handlers : [];
    expect(handlers.map((handler) => source.slice(handler.start, handler.end))).toEqual([
      'except B as e:\n    c',
    ]);
  });
});

describe('comments', () => {
  it('have their text up to the end of the line, and know whether they stand alone', () => {
    const source = `#!/bin/sh\r\nx = 1 # a\r\n    # b\r\nif x: # c\n\ty # d\n\t# e😀\rz = '# no'\n\f# f`;
    const comments = parseModule(parser, source).comments.map(({ text, ownLine }) => [text, ownLine]);
    expect(comments).toEqual([
      ['#!/bin/sh', true],
      ['# a', false],
      ['# b', true],
      ['# c', false],
      ['# d', false],
      ['# e😀', true],
      ['# f', true],
    ]);
  });
});

const FRAGMENTS = [
  'x = M.objects.get(id=k)',
  'def f(a, *b, c: D = 1, **e) -> F:',
  'class A(B, metaclass=C):',
  'if a and not b:',
  'elif c:',
  'else:',
  'try:',
  'except (A, B.C) as e:',
  'finally:',
  'for a, *b in c(*d, **e):',
  'while x := f(y):',
  'with a as b, c:',
  'match x:',
  'case [a, *b] | {"k": C(d)} if e:',
  'return *a, b',
  'raise E from e',
  'yield from x',
  '@dec(a)[0]',
  `f'{a!r:>{b}} {{c}}'`,
  `'''a\n  b'''`,
  '{*f(a), *b}',
  'type(a).b = c',
  'type X[T] = Y',
  'from ..a import (b as c, d)',
  'print >>a, b',
  '[x for x in y if z]',
  'lambda a=b: c',
  '😀 é 名',
  '"""',
  '(',
  ')',
  ']',
  '{',
  '\\',
  '# c 😀',
  '\f',
  '\u{feff}',
  '',
] as const;

describe('any text', () => {
  it('gives spans that fit, and never throws', () => {
    const line = fc
      .tuple(fc.constantFrom('', '    ', '        ', '\t', ' '), fc.constantFrom(...FRAGMENTS))
      .map((parts) => parts.join(''));
    const text = fc.array(
      fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r', ' ')).map((parts) => parts.join('')),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(text, (lines) => checkSpans(lines.join(''))),
      { seed: 5, numRuns: 600 },
    );
  });

  it('never throws on characters at random', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => checkSpans(text)),
      { seed: 6, numRuns: 300 },
    );
  });
});
