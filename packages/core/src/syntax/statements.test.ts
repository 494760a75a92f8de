import { beforeAll, describe, expect, it } from 'vitest';
import { parseModule, parseWithGrammar, PythonParser } from './index.ts';
import { renderStmts } from './testing/render.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await PythonParser.load();
});

/** What a text is understood as, by the grammar too. */
function read(source: string): string[] {
  const { body, errors } = parseModule(parser, `${source}\n`);
  expect(errors).toEqual([]);
  expect(parseWithGrammar(parser, `${source}\n`)).toEqual({ body, errors, comments: expect.any(Array) });
  return renderStmts(body);
}

type Rows = readonly (readonly [string, readonly string[]])[];

describe('simple statements', () => {
  const rows: Rows = [
    ['x = 1; y = 2', ['x = 1', 'y = 2']],
    ['a = b = c', ['a = b = c']],
    ['a, (b, *c) = d', ['tuple(a, tuple(b, *c)) = d']],
    ['[a, b] = c', ['list(a, b) = c']],
    ['(a) = 1', ['a = 1']],
    ['(a,) = b', ['tuple(a) = b']],
    ['*a.b, c = d', ['tuple(*a.b, c) = d']],
    ['a.b[c] = d', ['a.b[c] = d']],
    ['x: int', ['x: int']],
    ['x += f(1)', ['x op= f(1)']],
    ['x **= 2', ['x op= 2']],
    ['pass', ['pass']],
    ['return', ['return']],
    ['return a, b', ['return tuple(a, b)']],
    ['raise', ['raise']],
    ['raise E(1) from e', ['raise E(1) from e']],
    ['del a', ['del a']],
    ['del a, b[0]', ['del a, b[0]']],
    ['del (a, b)', ['del tuple(a, b)']],
    ['assert x', ['assert x']],
    ['assert x, "m"', [`assert x, str'm'`]],
    ['global a, b', ['global a b']],
    ['nonlocal a', ['nonlocal a']],
    ['type(x).y = 1', ['type(x).y = 1']],
    ['type(a, b, c).d = 1', ['type(a, b, c).d = 1']],
  ];
  it.each(rows)('%s', (source, lines) => {
    expect(read(source)).toEqual(lines);
  });
});

describe('imports', () => {
  const rows: Rows = [
    ['import a', ['import a']],
    ['import a.b.c as d, e', ['import a.b.c as d, e']],
    ['from a.b import c, d as e', ['from a.b import c, d as e']],
    ['from a import (\n  b,  # why\n  c as d,\n)', ['from a import b, c as d']],
    ['from a import *', ['from a import *']],
    ['from . import a', ['from . import a']],
    ['from .a import b', ['from .a import b']],
    ['from ... import a', ['from ... import a']],
    ['from ...a.b import c', ['from ...a.b import c']],
    ['from . a . b import c', ['from .a.b import c']],
    ['from __future__ import annotations', ['from __future__ import annotations']],
    ['from a import \\\n  b', ['from a import b']],
  ];
  it.each(rows)('%s', (source, lines) => {
    expect(read(source)).toEqual(lines);
  });
});

describe('branches and loops', () => {
  const rows: Rows = [
    ['if a: b', ['if a', '  b']],
    [
      'if a:\n  b\nelif c:\n  d\nelif e:\n  f\nelse:\n  g',
      ['if a', '  b', 'else', '  elif c', '    d', '  else', '    elif e', '      f', '    else', '      g'],
    ],
    ['while a:\n  break\nelse:\n  b', ['while a', '  break', 'else', '  b']],
    ['for a, b in c:\n  continue\nelse:\n  d', ['for tuple(a, b) in c', '  continue', 'else', '  d']],
    ['for x in a, b: pass', ['for x in tuple(a, b)', '  pass']],
    ['for x in *a(1), b: pass', ['for x in tuple(*a(1), b)', '  pass']],
    ['async def f():\n  async for x in y: z', ['async def f()', '  async for x in y', '    z']],
  ];
  it.each(rows)('%s', (source, lines) => {
    expect(read(source)).toEqual(lines);
  });
});

describe('try', () => {
  const rows: Rows = [
    [
      'try:\n  a\nexcept A.B as e:\n  b\nexcept (C, D):\n  c\nexcept:\n  d\nelse:\n  e\nfinally:\n  f',
      [
        'try',
        '  a',
        'except A.B as e',
        '  b',
        'except tuple(C, D)',
        '  c',
        'except',
        '  d',
        'else',
        '  e',
        'finally',
        '  f',
      ],
    ],
    ['try:\n  a\nfinally:\n  b', ['try', '  a', 'finally', '  b']],
    ['try:\n  a\nexcept* A as e:\n  b', ['try', '  a', 'except A as e', '  b']],
    ['try:\n  a\nexcept* (A, B):\n  b', ['try', '  a', 'except tuple(A, B)', '  b']],
  ];
  it.each(rows)('%s', (source, lines) => {
    expect(read(source)).toEqual(lines);
  });
});

describe('with', () => {
  const rows: Rows = [
    ['with a: b', ['with a', '  b']],
    ['with a as b, c() as d.e: f', ['with a as b, c() as d.e', '  f']],
    ['with (a, b): c', ['with a, b', '  c']],
    ['with (a as b, c as d,): e', ['with a as b, c as d', '  e']],
    ['with (a) as b: c', ['with a as b', '  c']],
    ['with a as (b, c): d', ['with a as tuple(b, c)', '  d']],
    ['with (a if b else c) as d: e', ['with (b ? a : c) as d', '  e']],
    ['async def f():\n  async with a as b: c', ['async def f()', '  async with a as b', '    c']],
  ];
  it.each(rows)('%s', (source, lines) => {
    expect(read(source)).toEqual(lines);
  });
});

describe('functions and classes', () => {
  const rows: Rows = [
    ['def f(a, /, b: M = 1, *c, d=2, **e) -> M: pass', ['def f(a, b: M = 1, *c, d = 2, **e) -> M', '  pass']],
    ['@a\n@b.c(d)\ndef f(): pass', ['@a', '@b.c(d)', 'def f()', '  pass']],
    ['@a[0].b\nclass C: pass', ['@a[0].b', 'class C()', '  pass']],
    ['class C(A, B[int], metaclass=M, **k): x = 1', ['class C(A, B[int], metaclass=M, **k)', '  x = 1']],
    [
      'class C():\n  def f(self): pass\n  class D: pass',
      ['class C()', '  def f(self)', '    pass', '  class D()', '    pass'],
    ],
    [
      'def f():\n  def g(): yield\n  return g',
      ['def f()', '  generator def g()', '    yield()', '  return g'],
    ],
    [
      'def f():\n  return [(yield x) for x in y]',
      ['generator def f()', '  return ListComp(yield(x) for x in y)'],
    ],
  ];
  it.each(rows)('%s', (source, lines) => {
    expect(read(source)).toEqual(lines);
  });
});

describe('type parameters (PEP 695, PEP 696)', () => {
  const rows: Rows = [
    ['def f[T: M, *Ts, **P](x: T) -> T: pass', ['def f(x: T) -> T', '  pass']],
    ['class C[T](Base[T]): pass', ['class C(Base[T])', '  pass']],
    ['class C[T = int](Base): pass', ['class C(Base)', '  pass']],
    ['def f[T: int = bool](x): pass', ['def f(x)', '  pass']],
    ['type X = list[M]', ['X = list[M]']],
    ['type X[T] = dict[str, T]', ['X = dict[tuple(str, T)]']],
    ['type = 3', ['type = 3']],
  ];
  it.each(rows)('%s', (source, lines) => {
    expect(read(source)).toEqual(lines);
  });
});

describe('match', () => {
  const rows: Rows = [
    [
      'match x, y:\n  case 1: a\n  case None: b\n  case A.B: c\n  case z if z > 1: d\n  case _: e',
      [
        'match tuple(x, y)',
        'case',
        '  a',
        'case none',
        '  b',
        'case',
        '  c',
        'case z if (z > 1)',
        '  d',
        'case any',
        '  e',
      ],
    ],
    ['match x:\n  case [a, *b]: c', ['match x', 'case a, b', '  c']],
    ['match x:\n  case (a, _): c', ['match x', 'case a', '  c']],
    ['match x:\n  case {"k": v, **rest}: c', ['match x', 'case v, rest', '  c']],
    ['match x:\n  case C(a, k=b) as d: c', ['match x', 'case a, b, d', '  c']],
    ['match x:\n  case 1 | "a" | m.N: c', ['match x', 'case', '  c']],
    ['match x:\n  case None | False: c', ['match x', 'case none', '  c']],
    ['match x:\n  case a: c', ['match x', 'case a any', '  c']],
    ['match x:\n  case -1 | 1+2j: c', ['match x', 'case', '  c']],
    ['match = match(1)', ['match = match(1)']],
    ['match[0] = 1', ['match[0] = 1']],
  ];
  it.each(rows)('%s', (source, lines) => {
    expect(read(source)).toEqual(lines);
  });
});

describe('Python 2', () => {
  const rows: Rows = [
    ['print a, b.c()', ['a', 'b.c()']],
    ['print >>f, a', ['other(f)', 'a']],
    ['exec "a" in b', [`str'a'`, 'b']],
    ['raise E, "m", tb', ['raise E']],
    ['try:\n  a\nexcept E, e:\n  b', ['try', '  a', 'except E as e', '  b']],
    ['try:\n  a\nexcept (A, B), e:\n  b', ['try', '  a', 'except tuple(A, B) as e', '  b']],
    ['x = ur"a"', [`x = str'a'`]],
  ];
  it.each(rows)('%s', (source, lines) => {
    expect(read(source)).toEqual(lines);
  });
});

describe('except without brackets (PEP 758)', () => {
  const rows: Rows = [
    ['try:\n  a\nexcept A, B:\n  b', ['try', '  a', 'except tuple(A, B)', '  b']],
    ['try:\n  a\nexcept A.X, b.Y, C:\n  b', ['try', '  a', 'except tuple(A.X, b.Y, C)', '  b']],
  ];
  it.each(rows)('%s', (source, lines) => {
    expect(read(source)).toEqual(lines);
  });
});
