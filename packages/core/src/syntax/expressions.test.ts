import { beforeAll, describe, expect, it } from 'vitest';
import { parseModule, parseWithGrammar, PythonParser } from './index.ts';
import { renderStmts } from './testing/render.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await PythonParser.load();
});

/** What one line of source is understood as, by the grammar too. */
function read(source: string): string {
  const { body, errors } = parseModule(parser, `${source}\n`);
  expect(errors).toEqual([]);
  expect(parseWithGrammar(parser, `${source}\n`)).toEqual({ body, errors, comments: expect.any(Array) });
  return renderStmts(body).join(' | ');
}

type Rows = readonly (readonly [string, string])[];

describe('names, attributes, constants', () => {
  const rows: Rows = [
    ['x', 'x'],
    ['été', 'été'],
    ['a.b.c', 'a.b.c'],
    ['a . b', 'a.b'],
    ['print', 'print'],
    ['match', 'match'],
    ['type', 'type'],
    ['1', '1'],
    ['0x_ff', '0x_ff'],
    ['1.5e3j', '1.5e3j'],
    ['10L', '10L'],
    ['True', 'True'],
    ['None', 'None'],
    ['...', '...'],
  ];
  it.each(rows)('%s', (source, shape) => {
    expect(read(source)).toBe(shape);
  });
});

describe('strings', () => {
  const rows: Rows = [
    [`'a'`, `str'a'`],
    [`"it's"`, `str'it's'`],
    [`'''a"b'''`, `str'a"b'`],
    [`r'\\d'`, `str'\\d'`],
    [`u'a'`, `str'a'`],
    [`b'a'`, `bytes'a'`],
    [`Rb'a'`, `bytes'a'`],
    [`'a' "b"`, `str'ab'`],
    [`''`, `str''`],
    [`f'a'`, `str'a'`],
    [`'${'a'.repeat(201)}'`, `str''`],
  ];
  it.each(rows)('%s', (source, shape) => {
    expect(read(source)).toBe(shape);
  });
});

describe('f-strings', () => {
  const rows: Rows = [
    [`f'{a}'`, 'fstr(a)'],
    [`f'{{a}} {b!r:>10}'`, 'fstr(b)'],
    [`f'{x:{width}.{places}}'`, 'fstr(x, width, places)'],
    [`f'{f"{a}"}'`, 'fstr(fstr(a))'],
    [`f'{f'{f'{a.b(c)}'}'}'`, 'fstr(fstr(fstr(a.b(c))))'],
    [`'a' f'{b}' 'c' rf'{d}'`, 'fstr(b, d)'],
    [`f'{a, b}'`, 'fstr(tuple(a, b))'],
    [`f'{x=}'`, 'fstr(x)'],
    [`f'{x:=10}'`, 'fstr(x)'],
    [`f'{(x:=10)}'`, 'fstr((x := 10))'],
    [`f'{d["k"]}'`, `fstr(d[str'k'])`],
    [`t'{a}'`, 'fstr(a)'],
  ];
  it.each(rows)('%s', (source, shape) => {
    expect(read(source)).toBe(shape);
  });
});

describe('calls', () => {
  const rows: Rows = [
    ['f()', 'f()'],
    ['f(1, k=x, *a, **b)', 'f(1, k=x, *a, **b)'],
    ['f(x for x in y)', 'f(GeneratorExp(x for x in y))'],
    ['f((x for x in y), 1)', 'f(GeneratorExp(x for x in y), 1)'],
    ['a.b(c)(d)[0]', 'a.b(c)(d)[0]'],
    ['f(*a.b(c), *d[0])', 'f(*a.b(c), *d[0])'],
    ['print("x", *y.z())', `print(str'x', *y.z())`],
    ['f(x := 1)', 'f((x := 1))'],
    ['f(**a.b(), k=lambda: 1)', 'f(**a.b(), k=lambda(: 1))'],
    ['f(  # why\n  a,  # this\n  b,\n)', 'f(a, b)'],
    ['f(print=1, match=2, type=3)', 'f(print=1, match=2, type=3)'],
  ];
  it.each(rows)('%s', (source, shape) => {
    expect(read(source)).toBe(shape);
  });
});

describe('subscripts', () => {
  const rows: Rows = [
    ['a[0]', 'a[0]'],
    ['a[b, c]', 'a[tuple(b, c)]'],
    ['a[(b, c)]', 'a[tuple(b, c)]'],
    ['a[b,]', 'a[tuple(b)]'],
    ['a[(b, c),]', 'a[tuple(tuple(b, c))]'],
    ['a[*b]', 'a[tuple(*b)]'],
    ['a[1:2]', 'a[slice(1, 2)]'],
    ['a[::2]', 'a[slice(2)]'],
    ['a[:]', 'a[slice()]'],
    ['a[1:, 2]', 'a[tuple(slice(1), 2)]'],
  ];
  it.each(rows)('%s', (source, shape) => {
    expect(read(source)).toBe(shape);
  });
});

describe('displays', () => {
  const rows: Rows = [
    ['()', 'tuple()'],
    ['(a)', 'a'],
    ['(a,)', 'tuple(a)'],
    ['a,', 'tuple(a)'],
    ['a, b', 'tuple(a, b)'],
    ['[a, *b]', 'list(a, *b)'],
    ['{a, b}', 'set(a, b)'],
    ['{*f(a), *g.h, *i[0]}', 'set(*f(a), *g.h, *i[0])'],
    ['{*f(a)}', 'set(*f(a))'],
    ['{*a | b}', 'set(*(a | b))'],
    ['x = *f(1), 2', 'x = tuple(*f(1), 2)'],
    ['{}', 'dict()'],
    ['{a: b, **c.d()}', 'dict(a: b, **c.d())'],
  ];
  it.each(rows)('%s', (source, shape) => {
    expect(read(source)).toBe(shape);
  });
});

describe('operators', () => {
  const rows: Rows = [
    ['a or b and not c', '(a or (b and (not c)))'],
    ['-a ** b', '(- (a ** b))'],
    ['a + b * c // d', '(a + ((b * c) // d))'],
    ['a @ b << c', '((a @ b) << c)'],
    ['~a | b', '((~ a) | b)'],
    ['a < b <= c != d', '(a < b <= c != d)'],
    ['a is  not b', '(a is not b)'],
    ['a not\\\n in b', '(a not in b)'],
    ['a in b', '(a in b)'],
    ['a <> b', '(a <> b)'],
    ['b if a else c', '(a ? b : c)'],
    ['b if a else c if d else e', '(a ? b : (d ? c : e))'],
    ['(y := f(x)) and y', '((y := f(x)) and y)'],
  ];
  it.each(rows)('%s', (source, shape) => {
    expect(read(source)).toBe(shape);
  });
});

describe('comprehensions', () => {
  const rows: Rows = [
    ['[x for x in y]', 'ListComp(x for x in y)'],
    ['{x for x in y if x if z}', 'SetComp(x for x in y if x if z)'],
    ['{k: v for k, v in y}', 'DictComp(k: v for tuple(k, v) in y)'],
    ['(x for x in y for z in x)', 'GeneratorExp(x for x in y for z in x)'],
    ['[x async for x in y]', 'ListComp(x for x in y)'],
    ['[x for x in 1, 2]', 'ListComp(x for x in tuple(1, 2))'],
    ['[f(y) for x in a if (y := x.b)]', 'ListComp(f(y) for x in a if (y := x.b))'],
  ];
  it.each(rows)('%s', (source, shape) => {
    expect(read(source)).toBe(shape);
  });
});

describe('lambdas, await, yield', () => {
  const rows: Rows = [
    ['lambda: 0', 'lambda(: 0)'],
    ['lambda a, *b, c=1, **d: a', 'lambda(a, *b, c = 1, **d: a)'],
    ['lambda a, /, b, *, c: a', 'lambda(a, b, c: a)'],
    ['async def f(): return await g(x)', 'async def f() |   return await(g(x))'],
    ['def f(): x = yield', 'generator def f() |   x = yield()'],
    ['def f(): yield a, b', 'generator def f() |   yield(tuple(a, b))'],
    ['def f(): yield from g()', 'generator def f() |   yield-from(g())'],
    ['def f(): return lambda: (yield)', 'def f() |   return lambda(: yield())'],
  ];
  it.each(rows)('%s', (source, shape) => {
    expect(read(source)).toBe(shape);
  });
});

describe('annotations have the shape of expressions', () => {
  const rows: Rows = [
    ['x: int = 1', 'x: int = 1'],
    ['x: a.B', 'x: a.B'],
    ['x: "M"', `x: str'M'`],
    ['x: QuerySet[M]', 'x: QuerySet[M]'],
    ['x: models.QuerySet[M]', 'x: models.QuerySet[M]'],
    ['x: dict[str, M]', 'x: dict[tuple(str, M)]'],
    ['x: M | None', 'x: (M | None)'],
    ['x: list[M] | None', 'x: (list[M] | None)'],
    ['x: type[M]', 'x: type[M]'],
    ['x: Callable[[A], B]', 'x: Callable[tuple(list(A), B)]'],
    ['x: ClassVar[Manager["M"]]', `x: ClassVar[Manager[str'M']]`],
    ['x: tuple[*Ts]', 'x: tuple[tuple(*Ts)]'],
    ['def f(*args: *Ts): pass', 'def f(*args: *Ts) |   pass'],
    ['def f(a: M = 1, *, b: N) -> O: pass', 'def f(a: M = 1, b: N) -> O |   pass'],
  ];
  it.each(rows)('%s', (source, shape) => {
    expect(read(source)).toBe(shape);
  });
});
