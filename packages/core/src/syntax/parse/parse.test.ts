import { beforeAll, describe, expect, it } from 'vitest';
import { grammarErrors, parseModule, parseValid, parseWithGrammar, PythonParser } from '../index.ts';
import { renderStmts } from '../testing/render.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await PythonParser.load();
});

describe('valid Python has the tree that the grammar gives', () => {
  const table: Readonly<Record<string, readonly string[]>> = {
    'names and numbers': [
      'été = 名',
      'Falsey = Trueish',
      'x = 0xFF + 0o17 + 0b1 + 1_000 + 1.5e-3j + .5 + 5. + 00',
    ],
    strings: [
      'x = """a"b""c"""',
      'x = "a\\\nb" \'c\'',
      'x = b"a" Rb"\\d"',
      "x = u'' r'\\'' \"\"",
      "x = ''''a'''",
      'x = "\\\r\n"',
    ],
    'f-strings': [
      "f'{a!r:>{b}}' 'c' f'{{}}'",
      `f'{f"{a}"}{f'{b}'}'`,
      "f'{a:%H:%M}'",
      "f'{a,}{*b, c}'",
      "f'{(yield)}'",
    ],
    'more f-strings': [
      "f'{ {1: 2}[a] }'",
      "f'''{\na\n}\n'''",
      "f'{a = !s:x}'",
      "f'{a!=b}'",
      "rf'\\{a}'",
      "f'\\N{DASH}{a}'",
      "t'{a}'",
    ],
    operators: [
      '-a ** -b ** c',
      'not a == b or c and not d',
      'a < b is not c not in d',
      '(a) + (b) @ ~c',
      'x = a | b & c << 1',
    ],
    'conditions and lambdas': [
      'a if b else c if d else e',
      'lambda a, /, b=(1), *c, d, **e: lambda: a',
      'lambda *, a,: (yield)',
    ],
    brackets: [
      '()',
      '(a,)',
      '((a))',
      '[*a, (b)]',
      '{*a, b}',
      '{**a, b: (c), **d.e}',
      '(a := b, c)',
      '(yield a), b',
    ],
    comprehensions: [
      '[a async for b, *c in d if e if f]',
      '{a: b for c in d for e in f}',
      '{a := b for c in d}',
      '((yield) for a in b)',
    ],
    calls: [
      'f(*a, b, *c, d=e, *g, **h, i=j)',
      'f(a for b in c)',
      'f(a := b, k\n  =c,)',
      '(a)(b).c[d](print=e)',
      'print(*a, sep="")',
    ],
    subscripts: ['a[:]', 'a[::b, c:d]', 'a[*b]', 'a[(b, c),]', 'a[b := c]', 'a[(b):(c)]'],
    assignments: [
      'a, (b, *c) = [d, e] = f',
      '(a) = b',
      '(a), b = c',
      '*a.b, c[d] = e',
      'a: int',
      '(a.b): c = yield',
      'a @= *b, c',
      'x = a,',
    ],
    'simple statements': [
      'return *a, b',
      'raise a from b',
      'assert a, b',
      'del (a), [b, (c,)], d[0],',
      'global a, b; nonlocal c;',
    ],
    imports: [
      'import a . b as c, d',
      'from .... import (a, b as c,)',
      'from .a.b import *',
      'from . import a',
    ],
    branches: [
      'if a: b; c\nelif d := e: f\nelse:\n  g',
      'while a: b\nelse: c',
      'for (a), *b in *c, d: e\nelse: f',
    ],
    try: [
      'try: a\nexcept: b',
      'try: a\nexcept* (A, B) as e: b\nelse: c\nfinally: d',
      'try: a\nexcept A, B: c',
      'try: a\nfinally: b',
    ],
    with: [
      'with (a as b, c,): d',
      'with (a, b) as c: d',
      'with (a).b as c, d: e',
      'with (a for a in b): c',
      'with a as (b, c): d',
    ],
    match: [
      'match a, *b:\n  case [c, *_] | {"a": d, e.f: None, **g}: h\n  case A.B(i, j=k) as l if m: n',
      'match (a, b):\n  case None: c\n  case -1 + 2j | "a" "b" | (): d\n  case {}: e\n  case _: f',
      'match -a:\n  case b: c\n  case (d): e',
      'match(a)\nmatch[a] = case\nmatch - a\nmatch.a, b\nmatch: int = 1',
    ],
    definitions: [
      '@a.b[0]\n@c(d)\nasync def f(a, b: c = 1, /, *d: *e, g, **h: i) -> j | k: await l',
      'class A[T: (B, C), *D, **E](F, *g, metaclass=H): """doc"""',
      'def f[T](*, a,): yield',
    ],
    'type aliases': ['type A[T] = B[T] | C', 'type = type(a)', 'type\ntype.a'],
    layout: [
      'if a:\n\tb\n\n  # c\n\tif d:\n\t    e\n# f',
      'x = (\n# a\n  b  # c\n, d)\n\f\ny',
      'a + \\\n  b',
      '# only',
      '',
    ],
  };
  const rows = Object.entries(table).flatMap(([about, sources]) =>
    sources.map((source) => [about, source] as const),
  );
  it.each(rows)('%s: %j', (_about, source) => {
    for (const text of [source, `${source}\n`, `${source}\r\n`.replaceAll(/\r?\n/g, '\r\n'), `${source}\r`]) {
      expect(parseValid(text)).toStrictEqual(parseWithGrammar(parser, text));
    }
  });
});

/** What CPython's grammar says, and tree-sitter's does not. */
describe('where the grammar is wrong, the tree is that of CPython', () => {
  it.each([
    ['x = a ^ b & c', 'x = (a ^ (b & c))'],
    ['x = a & b ^ c', 'x = ((a & b) ^ c)'],
    ['await a ** b', '(await(a) ** b)'],
    ['(a := b if c else d)', '(a := (c ? b : d))'],
    ['x: list[a] | b | c', 'x: ((list[a] | b) | c)'],
    ['x: a[b:c]', 'x: a[slice(b, c)]'],
    ['type [a] = b', 'type[a] = b'],
    ['a, b\n[c] = d', 'tuple(a, b) | list(c) = d'],
    ['with a if b else c as d: e', 'with (b ? a : c) as d |   e'],
    ['match a:\n  case b,: c', 'match a | case b |   c'],
  ])('%j', (source, shape) => {
    const text = `${source}\n`;
    expect(renderStmts(parseModule(parser, text).body).join(' | ')).toBe(shape);
    expect(parseWithGrammar(parser, text)).not.toEqual(parseModule(parser, text));
    expect(grammarErrors(parser, text)).toEqual([]);
  });

  it.each([
    ['if a:\n    f(b=\nc)', 'if a |   f(b=c)'],
    ['if a:\n    b[\n0]', 'if a |   b[0]'],
    ['if a:\n    (b.\nc)', 'if a |   b.c'],
    ['x: dict[a, :]', 'x: dict[tuple(a, slice())]'],
    ["f'{a:=^10}'", 'fstr(a)'],
  ])('%j is no error', (source, shape) => {
    const text = `${source}\n`;
    expect(renderStmts(parseModule(parser, text).body).join(' | ')).toBe(shape);
    expect(parseModule(parser, text).errors).toEqual([]);
    expect(grammarErrors(parser, text)).not.toEqual([]);
  });
});

describe('what is not plainly valid is left to the grammar', () => {
  const invalid: Readonly<Record<string, readonly string[]>> = {
    'operands and operators': [
      'x = )',
      'x = (',
      'x = [)',
      'x = 1 +',
      'x = 1 2',
      'a b',
      'x ==',
      'a.',
      'a.1',
      'a.class',
      'class',
      'x = class',
      '`a`',
      'a?',
      '$a',
      'a <> b',
    ],
    strings: [
      "'a",
      '"""a',
      "'a\nb'",
      "ur'a'",
      "bf'a'",
      "b'é'",
      "b'a' 'b'",
      "f'{a'",
      "f'{}'",
      "f'}'",
      "f'{a!x}'",
      "f'{a b}'",
      "f'{lambda: 1}'",
      "t'a' 'b'",
    ],
    'numbers and characters': [
      '01',
      '1__0',
      '0x',
      '1_',
      '1e',
      '10L',
      '1.a',
      '0b2',
      'a\u00a0= 1',
      'a = 1 \\',
      'a \\ \nb',
    ],
    targets: [
      'f() = 1',
      '1 = a',
      'a + b = c',
      '(a, b) += c',
      '[a]: int',
      'a = *b',
      '*a = b',
      'a := b',
      '(a.b := c)',
      '(a) := b',
      'x = yield = y',
      'None = 1',
    ],
    'calls and brackets': [
      'a = b := c',
      'f(a=b for c in d)',
      'f(a for b in c, d)',
      'f(a=1, b)',
      'f(**a, *b)',
      'f((a)=b)',
      'f(a.b=c)',
      '(*a)',
      '(a, *b if c else d)',
      '[a, **b]',
    ],
    'displays and comprehensions': [
      '{a: b, c}',
      '{a, b: c}',
      '{a: *b}',
      '[*a for b in c]',
      '[a for f() in b]',
      '[a for b in c, d]',
      '[a for b in c if d := e]',
      'a[b:c:d:e]',
      'a[]',
    ],
    operands: [
      'a + not b',
      'a + lambda: b',
      'not',
      'a not b',
      'a if b',
      'a if b else',
      'lambda (a): b',
      'lambda a=1, b: c',
      'await',
      'x = print a',
    ],
    'simple statements': [
      'del f()',
      'del *a',
      'del',
      'import',
      'import a.b as c.d',
      'from a import',
      'from a import b,',
      'from a import (*)',
      'from import a',
      'global a.b',
      'assert',
    ],
    blocks: [
      'if a:',
      'if a\n  b',
      'if a: if b: c',
      'if a:\nb',
      'else: a',
      'if a: b\n  c',
      'a\n  b',
      'if a:\n    b\n  c',
      'if a:\n\tb\n        c',
      'x = 1; if a: b',
    ],
    'loops and try': [
      'for a in b',
      'for f() in a: b',
      'for a b in c: d',
      'while: a',
      'try: a',
      'try: a\nexcept: b\nexcept* c: d',
      'try: a\nexcept*: b',
      'try: a\nelse: b',
    ],
    'with and async': [
      'try: a\nexcept A as b.c: d',
      'with a as f(): b',
      'with a as b',
      'with: a',
      'with (a as b), c as: d',
      'async a',
      'async while a: b',
    ],
    parameters: [
      'def f: a',
      'def f(a=1, b): c',
      'def f(*): a',
      'def f(*, **a): b',
      'def f(**a, b): c',
      'def f(*a=1): b',
      'def f(/, a): b',
      'def f(a, /, b, /): c',
      'def f((a, b)): c',
    ],
    definitions: [
      'class A(a for b in c): d',
      '@a',
      '@a b',
      '@a\nx = 1',
      'def f[](): a',
      'type X',
      'type X =',
      'class A: x = 1;; y',
    ],
    match: [
      'match a:\n  b',
      'match a:\n  case b.c(d=e, f): g',
      'match a:\n  case f(): g\n  x',
      'match a:\n  case *b: c',
      'match a:\n  case {**b, "c": d}: e',
      'match a:\n  case a + b: c',
    ],
    'more match': ['match a:\n  case f"b": c', 'match a:\n  case b as _: c', 'match a:\n  case _(b): c'],
    'Python 2 and the rest': [
      'print a',
      'print >>a, b',
      'exec "a" in b',
      'raise A, "b"',
      'try: a\nexcept A, e: b',
      '0777',
      'a = 1\0',
      ';',
      ';a',
      'a;;b',
    ],
  };
  const broken = Object.entries(invalid).flatMap(([about, all]) => all.map((text) => [about, text] as const));
  it.each(broken)('%s: %j', (_about, source) => {
    expect(parseValid(`${source}\n`)).toBeNull();
    const [around, whole] = [parseModule(parser, `${source}\n`), parseWithGrammar(parser, `${source}\n`)];
    expect(around.errors.length > 0).toBe(whole.errors.length > 0);
  });

  it.each([
    ['brackets', `x = ${'('.repeat(150)}1${')'.repeat(150)}`],
    ['signs', `x = ${'-'.repeat(150)}1`],
    ['sums', `x = a${' + b'.repeat(1000)}`],
    ['calls one in the other', `x = ${'f('.repeat(40)}a${'.b)'.repeat(40)}${'.c'.repeat(300)}`],
    ['branches', `if a: b\n${'elif c: d\n'.repeat(200)}`],
    ['f-strings', `x = ${"f'{".repeat(150)}a${"}'".repeat(150)}`],
  ])('nesting on which recursion could fail: %s', (_name, source) => {
    expect(parseValid(`${source}\n`)).toBeNull();
  });
});
