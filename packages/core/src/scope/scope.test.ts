import { beforeAll, describe, expect, it } from 'vitest';
import { type Expr, parseModule, PythonParser, type Stmt, stmtExprs, walkExpr } from '../syntax/index.ts';
import { type BindingSource, buildScope, type InnerScope, innerScopes, type Scope } from './index.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await PythonParser.load();
});

function scopeOf(source: string): Scope {
  return buildScope(parseModule(parser, `${source}\n`).body);
}

/** Names with the kinds of their bindings, in the order of their first one. */
function kinds(source: string): string[] {
  return [...scopeOf(source).bindings].map(
    ([name, bindings]) => `${name} ${bindings.map((binding) => binding.source.kind).join()}`,
  );
}

function sourceOf(scope: Scope, name: string): BindingSource | undefined {
  return scope.bindings.get(name)?.[0]?.source;
}

describe('what binds a name', () => {
  it.each<[string, string[]]>([
    ['a = 1', ['a assign']],
    ['a: int', ['a assign']],
    ['a = b = 1', ['a assign', 'b assign']],
    ['for a, (b, *c) in d: e = 1', ['a for', 'b for', 'c for', 'e assign']],
    ['with a as b, c as (d, e): pass', ['b with', 'd with', 'e with']],
    ['try: pass\nexcept A as e: pass', ['e except']],
    ['import a, b.c, d.e as f', ['a import', 'b import', 'f import']],
    ['from a import b, c as d', ['b from', 'd from']],
    ['def f(a): b = 1', ['f def']],
    ['class A:\n    b = 1', ['A class']],
    ['match a:\n    case [b, C(d=e)]: f = 1', ['b other', 'e other', 'f assign']],
    ['if (a := 1): pass', ['a assign']],
    ['[b for b in c if (a := b)]', ['a assign']],
    ['lambda a: 1', []],
    ['a.b = 1', []],
    ['a[0] = 1', []],
    ['a += 1', []],
    ['type A = B', ['A assign']],
  ])('%s', (source, expected) => {
    expect(kinds(source)).toEqual(expected);
  });

  it('keeps the way through unpacking', () => {
    const scope = scopeOf('(a, (b, *c)), d = e');
    const steps = ['a', 'b', 'c', 'd'].map((name) => {
      const source = sourceOf(scope, name);
      return source?.kind === 'assign' ? source.steps : null;
    });
    expect(steps).toEqual([[0, 0], [0, 1, 0], [0, 1, -1], [1]]);
  });

  it('keeps what an import names', () => {
    const scope = scopeOf('import a.b\nimport c.d as e\nfrom ..f import g as h\nfrom . import i');
    expect(['a', 'e', 'h', 'i'].map((name) => sourceOf(scope, name))).toEqual([
      { kind: 'import', module: 'a', whole: false },
      { kind: 'import', module: 'c.d', whole: true },
      { kind: 'from', level: 2, module: 'f', name: 'g' },
      { kind: 'from', level: 1, module: '', name: 'i' },
    ]);
  });

  it('lists star imports from the last to the first', () => {
    expect(scopeOf('from a import *\nif x:\n    from .b import *').stars).toEqual([
      { level: 1, module: 'b' },
      { level: 0, module: 'a' },
    ]);
  });

  it('lists global and nonlocal names', () => {
    const { globals, nonlocals } = scopeOf('global a, b\nif x:\n    nonlocal c');
    expect([[...globals], [...nonlocals]]).toEqual([['a', 'b'], ['c']]);
  });

  it('does not look into functions and classes', () => {
    const scope = scopeOf('def f():\n    global a\n    b = 1\nclass C:\n    from d import *\n    e = 1');
    expect([[...scope.bindings.keys()], scope.stars, scope.globals.size]).toEqual([['f', 'C'], [], 0]);
  });

  it('holds names that objects have by nature', () => {
    expect(kinds('constructor = 1\n__proto__ = 2\nhasOwnProperty = 3')).toEqual([
      'constructor assign',
      '__proto__ assign',
      'hasOwnProperty assign',
    ]);
  });
});

describe('innerScopes', () => {
  /** The text of each stretch, with the names that it binds. */
  function inner(source: string): string[] {
    const body: readonly Stmt[] = parseModule(parser, `${source}\n`).body;
    const out: InnerScope[] = [];
    const visit = (expr: Expr): void => {
      if (
        expr.kind === 'Lambda' ||
        expr.kind === 'ListComp' ||
        expr.kind === 'DictComp' ||
        expr.kind === 'GeneratorExp'
      )
        out.push(...innerScopes(expr));
    };
    for (const stmt of body) for (const expr of stmtExprs(stmt)) walkExpr(expr, visit);
    return out.map(
      ({ start, end, bindings }) => `${bindings.map(({ name }) => name).join()}: ${source.slice(start, end)}`,
    );
  }

  it.each<[string, string[]]>([
    ['[x for x in x]', ['x: [x for x in ', 'x: ]']],
    ['{k: v for k, v in a if k}', ['k,v: {k: v for k, v in ', 'k,v:  if k}']],
    ['(y for x in a for y in x)', ['x,y: (y for x in ', 'x,y:  for y in x)']],
    ['lambda a, b=a: a + b', ['a,b: a + b']],
  ])('%s', (source, expected) => {
    expect(inner(source)).toEqual(expected);
  });
});
