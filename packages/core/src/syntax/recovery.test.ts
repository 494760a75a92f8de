import { beforeAll, describe, expect, it } from 'vitest';
import { moduleChange, parseModule, PythonParser, walkStmts } from './index.ts';

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

/** A file with one line in a function, which somebody types. */
const typing = (line: string): string => `import a

LIMIT = 5

class Rows(Base):
    """What there is."""

    size = Field()

    @cached
    def load(self, key, *, deep: bool = False) -> Row:
        """Loads: it's "one"."""
        if key:
            return self.one(key)
        ${line}
        # and then
        for row in self.all(
            a, [b for b in c]
        ):
            yield row

    other = Field(
        size
    )

    def save(self):
        """Saves."""
        return """
def quoted(): "no function"
"""

@task()
async def run(key):
    """Runs."""
    with lock(key) as held:
        pass
`;

describe('a function that is being typed', () => {
  const whole = typing('pass');
  it.each([
    'found = ',
    'found = load(',
    'found = load(key, [',
    'found = load(key, [row.',
    'found = load(key, [row.pk for',
    'found = load(key, {"a": ',
    `name = '`,
    `name = "it's`,
    `name = f'{key`,
    'if key',
    'if key:',
    'if',
    'for',
    'for row in rows:',
    'try:',
    'with lock(',
    'while (',
    'def',
    'def inner(',
    'def inner():',
    'lambda:',
    'return [',
    'else:',
    'x = 1 +',
    'x = )',
    'x = $',
    '@',
    '@a',
    'class',
    'match key:',
    'print key',
    'x = 1 \\',
  ])('changes nothing but that function: %s', (line) => {
    const { body, errors } = parseModule(parser, typing(line));
    const changes = moduleChange(parseModule(parser, whole).body, body)?.bodies;
    expect(changes?.map(({ before }) => before.name)).toEqual(['load']);
    const load = whole.indexOf('def load');
    expect(errors.every(({ span }) => span.start > load)).toBe(true);
  });

  it.each([`name = '''`, '"""', 'return f"""'])(
    'leaves what follows when a long string is open: %s',
    (line) => {
      const { defs } = read(typing(line));
      expect(defs).toEqual(['Rows', 'load', 'save', 'run']);
    },
  );

  it('is typed at the end of a file', () => {
    const { body, errors } = parseModule(parser, 'def f():\n    return g(');
    expect(body.map((stmt) => stmt.kind)).toEqual(['FunctionDef']);
    expect(errors.length).toBeGreaterThan(0);
  });

  it.each([
    'name = Field(',
    'name = [',
    `name = 'a`,
    'name',
    'name =',
    'def more(',
    'def more(self, key',
    '@',
    'class Meta(',
  ])('leaves the other members of a class: %s', (line) => {
    const { defs } = read(whole.replace('    size = Field()', `    ${line}`));
    expect(defs).toEqual(expect.arrayContaining(['Rows', 'load', 'save', 'run']));
  });

  it('reads the same of a text whatever stands before it', () => {
    const broken = parseModule(parser, typing('found = load('));
    const later = parseModule(parser, `x = 1\n${typing('found = load(')}`);
    expect(moduleChange(broken.body, later.body.slice(1))?.bodies).toEqual([]);
    expect(later.errors.map(({ span }) => span.start - 6)).toEqual(
      broken.errors.map(({ span }) => span.start),
    );
  });
});
