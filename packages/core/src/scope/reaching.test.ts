import { beforeAll, describe, expect, it } from 'vitest';
import {
  dottedName,
  type Expr,
  parseModule,
  PythonParser,
  stmtExprs,
  walkExpr,
  walkStmts,
} from '../syntax/index.ts';
import { LineIndex } from '../text/index.ts';
import { buildScope, reaching } from './index.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await PythonParser.load();
});

/** For each `use(name)` of a body, in order: the lines of the bindings that it may see. */
function seen(source: string): number[][] {
  const { body } = parseModule(parser, `${source}\n`);
  const scope = buildScope(body);
  const lines = new LineIndex(source);
  const uses: Expr[] = [];
  const visit = (expr: Expr): void => {
    if (expr.kind === 'Call' && dottedName(expr.func) === 'use' && expr.args[0] !== undefined)
      uses.push(expr.args[0].value);
  };
  walkStmts(body, (stmt) => {
    for (const expr of stmtExprs(stmt)) walkExpr(expr, visit);
  });
  return uses
    .sort((a, b) => a.start - b.start)
    .map((expr) => {
      const bindings = expr.kind === 'Name' ? (scope.bindings.get(expr.id) ?? []) : [];
      return reaching(bindings, expr.start).map(({ at }) => lines.lineOf(at.start));
    });
}

type Rows = readonly (readonly [
  what: string,
  lines: readonly string[],
  seen: readonly (readonly number[])[],
])[];

describe('straight code', () => {
  const rows: Rows = [
    ['the last binding', ['x = 1', 'x = 2', 'use(x)'], [[2]]],
    ['the one before, in its own value', ['x = 1', 'x = use(x)', 'use(x)'], [[1], [2]]],
    ['the one before, in an augmented assignment', ['x = 1', 'x += use(x)', 'use(x)'], [[1], [1]]],
    ['one line', ['x = 1; use(x); x = 2; use(x)'], [[1], [1]]],
    ['any of them, before the first', ['use(x)', 'x = 1', 'x = 2'], [[2, 3]]],
    ['unpacking', ['x = 1', '(a, [*x]) = use(x)', 'use(x)'], [[1], [2]]],
    ['a walrus', ['x = 1', 'y = (use(x), (x := 2), use(x))', 'use(x)'], [[1], [2], [2]]],
    ['imports', ['import x', 'from a import b as x', 'use(x)'], [[2]]],
    ['definitions', ['x = 1', 'def x(): pass', 'use(x)', 'class x(use(x)): pass', 'use(x)'], [[2], [2], [4]]],
    ['a property and its setter', ['@p', 'def x(): pass', '@use(x)', 'def x(): pass', 'use(x)'], [[2], [4]]],
    ['attributes and items are no names', ['x = 1', 'x.a = 2', 'x[0] = 3', 'use(x)'], [[1]]],
  ];
  it.each(rows)('%s', (_what, lines, expected) => {
    expect(seen(lines.join('\n'))).toEqual(expected);
  });
});

describe('branches', () => {
  const rows: Rows = [
    ['if without else', ['x = 1', 'if a:', '    x = 2', 'use(x)'], [[1, 3]]],
    ['both sides', ['x = 1', 'if a:', '    x = 2', 'else:', '    x = 3', 'use(x)'], [[3, 5]]],
    [
      'one side does not see the other',
      ['x = 1', 'if a:', '    x = 2', 'elif use(x):', '    use(x)', 'else:', '    use(x)'],
      [[1], [1], [1]],
    ],
    ['a chain', ['x = 1', 'if a:', '    x = 2', 'elif b:', '    x = 3', 'use(x)'], [[1, 2 + 1, 5]]],
    [
      'a branch that returns',
      ['x = 1', 'if a:', '    x = 2', '    use(x)', '    return', 'use(x)'],
      [[3], [1]],
    ],
    ['a branch that raises', ['if a:', '    x = 1', 'else:', '    x = 2', '    raise E', 'use(x)'], [[2]]],
    [
      'branches that both leave',
      [
        'x = 1',
        'if a:',
        '    if b:',
        '        x = 2',
        '        return',
        '    else:',
        '        raise E',
        'use(x)',
      ],
      [[1]],
    ],
    ['a walrus in the test', ['x = 1', 'if (x := 2) and use(x):', '    use(x)', 'use(x)'], [[2], [2], [2]]],
    [
      'nested ones',
      ['x = 1', 'if a:', '    if b:', '        x = 2', '    use(x)', 'use(x)'],
      [
        [1, 4],
        [1, 4],
      ],
    ],
    [
      'match',
      [
        'x = 1',
        'match a:',
        '    case [x]:',
        '        use(x)',
        '    case 2:',
        '        use(x)',
        '        x = 3',
        'use(x)',
      ],
      [[3], [1], [1, 3, 7]],
    ],
    [
      'a match that leaves nothing out',
      ['x = 1', 'match a:', '    case 1:', '        x = 2', '    case _:', '        x = 3', 'use(x)'],
      [[4, 6]],
    ],
  ];
  it.each(rows)('%s', (_what, lines, expected) => {
    expect(seen(lines.join('\n'))).toEqual(expected);
  });
});

describe('loops', () => {
  const rows: Rows = [
    ['none or many rounds', ['x = 1', 'for a in b:', '    x = 2', 'use(x)'], [[1, 3]]],
    ['the round before', ['x = 1', 'for a in b:', '    use(x)', '    x = 2'], [[1, 4]]],
    ['bound first in each round', ['x = 1', 'for a in b:', '    x = 2', '    use(x)', '    x = 3'], [[3]]],
    [
      'never bound before',
      ['for a in b:', '    if a:', '        x = 1', '    use(x)', '    x = 2'],
      [[3, 5]],
    ],
    ['the loop variable', ['x = 1', 'for x in use(x):', '    use(x)', 'use(x)'], [[1], [2], [1, 2]]],
    [
      'while',
      ['x = 1', 'while use(x):', '    x = 2', 'use(x)'],
      [
        [1, 3],
        [1, 3],
      ],
    ],
    ['a walrus in the test', ['while x := f():', '    use(x)', '    x = 2', 'use(x)'], [[1], [1, 3]]],
    [
      'continue',
      ['x = 1', 'for a in b:', '    if a:', '        x = 2', '        continue', '    use(x)'],
      [[1, 4]],
    ],
    [
      'break',
      ['x = 1', 'for a in b:', '    if a:', '        x = 2', '        break', 'else:', '    x = 3', 'use(x)'],
      [[1, 4, 7]],
    ],
    ['nested ones', ['x = 1', 'for a in b:', '    for c in d:', '        use(x)', '    x = 2'], [[1, 5]]],
    [
      'a branch of a later round',
      ['x = 1', 'for a in b:', '    if a:', '        use(x)', '    else:', '        x = 2'],
      [[1, 6]],
    ],
  ];
  it.each(rows)('%s', (_what, lines, expected) => {
    expect(seen(lines.join('\n'))).toEqual(expected);
  });
});

describe('try and with', () => {
  const rows: Rows = [
    ['a handler that binds', ['try:', '    x = 1', 'except A:', '    x = 2', 'use(x)'], [[2, 4]]],
    ['a handler that leaves', ['x = 1', 'try:', '    x = 2', 'except A:', '    return', 'use(x)'], [[3]]],
    ['a handler that passes', ['x = 1', 'try:', '    x = 2', 'except A:', '    pass', 'use(x)'], [[1, 3]]],
    ['inside a handler', ['x = 1', 'try:', '    x = 2', '    x = 3', 'except A:', '    use(x)'], [[1, 3, 4]]],
    [
      'else',
      ['x = 1', 'try:', '    x = 2', 'except A:', '    x = 3', 'else:', '    use(x)', 'use(x)'],
      [[3], [3, 5]],
    ],
    ['finally', ['x = 1', 'try:', '    x = 2', 'finally:', '    use(x)', 'use(x)'], [[1, 3], [3]]],
    ['bound in finally', ['try:', '    x = 1', 'finally:', '    x = 2', 'use(x)'], [[4]]],
    ['a body that returns', ['try:', '    x = 1', '    return', 'except A:', '    x = 2', 'use(x)'], [[5]]],
    [
      'the exception',
      ['try:', '    pass', 'except A as x:', '    use(x)', 'except B as x:', '    use(x)'],
      [[3], [5]],
    ],
    [
      'the name behind the handler',
      ['x = 1', 'try:', '    pass', 'except A as x:', '    use(x)', 'use(x)'],
      [[4], [1]],
    ],
    ['with', ['x = 1', 'with a as x, use(x):', '    use(x)', '    x = 2', 'use(x)'], [[2], [2], [4]]],
    ['with suppress', ['x = 1', 'with suppress(A):', '    x = 2', 'use(x)'], [[1, 3]]],
    [
      'an import with a fallback',
      ['try:', '    from a import x', 'except ImportError:', '    from b import x', 'use(x)'],
      [[2, 4]],
    ],
  ];
  it.each(rows)('%s', (_what, lines, expected) => {
    expect(seen(lines.join('\n'))).toEqual(expected);
  });
});

describe('at the end of a scope', () => {
  it('stands what falls out of it', () => {
    const { body } = parseModule(parser, 'x = 1\nif a:\n    x = 2\n    raise E\nif b:\n    x = 3\n');
    const bindings = buildScope(body).bindings.get('x') ?? [];
    const ends = reaching(bindings, Number.MAX_SAFE_INTEGER).map(({ at }) => at.start);
    expect(ends).toEqual([bindings[0]?.at.start, bindings[2]?.at.start]);
  });
});
