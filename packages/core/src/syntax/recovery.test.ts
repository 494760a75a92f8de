import { beforeAll, describe, expect, it } from 'vitest';
import { parseModule, PythonParser, walkStmts } from './index.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await PythonParser.load();
});

/** Names of the functions and classes found, and the lines on which errors are reported. */
function read(source: string): { defs: string[]; lines: number[] } {
  const { body, errors } = parseModule(parser, source);
  const defs: string[] = [];
  walkStmts(body, (stmt) => {
    if (stmt.kind === 'FunctionDef' || stmt.kind === 'ClassDef') defs.push(stmt.name);
  });
  return { defs, lines: errors.map(({ span }) => source.slice(0, span.start).split('\n').length) };
}

const around = (broken: string): string => `def before():\n    pass\n\n${broken}\n\ndef after():\n    pass\n`;

describe('broken code', () => {
  it.each([
    ['a stray bracket', 'x = )'],
    ['an operator without operand', 'x = 1 +\ny = 2'],
    ['a statement that is none', 'this is no python'],
    ['a half assignment', 'x ='],
    ['a keyword as a name', 'x.class = 1'],
    ['a half import', 'from a import'],
    ['a half call in a function', 'def broken():\n    x = f(1\n    return x'],
    ['a missing colon', 'if a\n    b = 1'],
    ['a merge conflict', '<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> main'],
    ['an unterminated string', `x = 'abc`],
    ['a character that is no token', 'x = $a'],
  ])('%s is reported, and what stands around it is still seen', (_name, broken) => {
    const { defs, lines } = read(around(broken));
    expect(defs).toContain('before');
    expect(defs).toContain('after');
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.every((line) => line >= 4)).toBe(true);
  });

  it('reports an empty block of a class and goes on', () => {
    expect(read('class A:\n\nclass B:\n    pass\n').defs).toEqual(['A', 'B']);
  });

  it('tells what is missing', () => {
    const messages = (source: string): string[] =>
      parseModule(parser, source).errors.map(({ message }) => message);
    expect(messages('def f(a:\n    pass\n')).toEqual(['invalid syntax']);
    expect(messages('for x in:\n    pass\n')).toEqual(['expected identifier']);
  });

  it.each(['', '\n', '# only a comment', '\f\n', '\\\n', '   ', '\t\n  \n'])(
    'finds nothing wrong with %j',
    (source) => {
      expect(parseModule(parser, source)).toMatchObject({ body: [], errors: [] });
    },
  );

  it('gives each error once, at its first line', () => {
    const { errors } = parseModule(parser, 'x = 1 2 3\ny = 4 5\n');
    expect(new Set(errors.map((error) => error.span.start)).size).toBe(errors.length);
    expect(errors.every((error) => error.message !== '')).toBe(true);
  });
});
