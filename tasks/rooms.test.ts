import { describe, expect, it } from 'vitest';
import { importsOf } from './rooms/imports.mjs';
import { checkRooms } from './rooms/rules.mjs';

const check = (file: string, text: string) =>
  checkRooms(new Map([[file, text]])).map(({ line, level, message }) => `${line} ${level}: ${message}`);

describe('imports', () => {
  it('finds static, dynamic, bare, type-only and re-exported modules with their lines', () => {
    const text = [
      "import a, { b } from './a.ts';",
      "import type {\n  C,\n} from './c.ts';",
      "import './d.ts';",
      "export * from './e.ts';",
      "const f = await import('./f.ts');",
      "type G = import('./g.ts').G;",
    ].join('\n');
    expect(importsOf(text)).toEqual([
      { line: 1, specifier: './a.ts' },
      { line: 2, specifier: './c.ts' },
      { line: 5, specifier: './d.ts' },
      { line: 6, specifier: './e.ts' },
      { line: 7, specifier: './f.ts' },
      { line: 8, specifier: './g.ts' },
    ]);
  });

  it('is not misled by comments, strings and templates', () => {
    const text = [
      "// import a from './a.ts'",
      "/* import b from './b.ts' */",
      'const c = "import d from \'./d.ts\'";',
      "const e = `import f from './f.ts'`;",
      "const real = await import('./g.ts');",
    ].join('\n');
    expect(importsOf(text).map((found) => found.specifier)).toEqual(['./g.ts']);
  });
});

describe('rooms of core', () => {
  it('lets a room import earlier rooms, itself and libraries', () => {
    const text =
      "import '../text/index.ts';\nimport './verdict.ts';\nimport 'node:path';\nimport 'ignore';\n";
    expect(check('packages/core/src/flow/a.ts', text)).toEqual([]);
  });

  it('refuses a later room, types included', () => {
    expect(check('packages/core/src/text/a.ts', "import type { X } from '../flow/index.ts';")).toEqual([
      "1 error: room 'text' imports room 'flow', which comes after it",
    ]);
    expect(check('packages/core/src/flow/a.ts', "\nexport type { X } from '../rule/rule.ts';")).toEqual([
      "2 error: room 'flow' imports room 'rule', which comes after it",
    ]);
  });

  it("refuses core's own index, but lets it export every room", () => {
    expect(check('packages/core/src/text/a.ts', "import '../index.ts';")).toEqual([
      "1 error: room 'text' imports core's front door",
    ]);
    expect(check('packages/core/src/index.ts', "export * from './session/index.ts';")).toEqual([]);
  });

  it('knows every room by name', () => {
    expect(check('packages/core/src/misc/a.ts', '')).toEqual(["1 error: 'misc' is no room of core"]);
    expect(check('packages/core/src/a.ts', '')).toEqual(['1 error: stands in no room']);
  });

  it('lets tests look at later rooms', () => {
    expect(check('packages/core/src/text/a.test.ts', "import '../session/index.ts';")).toEqual([]);
  });
});

describe('packages', () => {
  it.each([
    ['rules', '@danglint/core', []],
    ['rules', '@danglint/fixer', ["1 error: package 'rules' imports package 'fixer'"]],
    ['fixer', '@danglint/rules', ["1 error: package 'fixer' imports package 'rules'"]],
    ['core', '@danglint/rules', ["1 error: package 'core' imports package 'rules'"]],
    ['testing', '@danglint/fixer', []],
    ['server', '@danglint/rules', []],
    ['server', 'danglint', ['1 error: imports the CLI']],
    ['cli', '@danglint/core/src/text/index.ts', [/reaches into/]],
    ['cli', '../../core/src/index.ts', [/leaves the package/]],
  ])('%s imports %s', (pkg, specifier, expected) => {
    const file = pkg === 'core' ? 'packages/core/src/text/a.ts' : `packages/${pkg}/src/a.ts`;
    const found = check(file, `import '${specifier}';`);
    expect(found).toHaveLength(expected.length);
    for (const [index, pattern] of expected.entries()) expect(found[index]).toMatch(pattern);
  });

  it('lets tests use the testing package', () => {
    expect(check('packages/rules/src/a.test.ts', "import '@danglint/testing';")).toEqual([]);
  });
});

describe('length', () => {
  const lines = (count: number) => 'x;\n'.repeat(count);

  it('warns over 250 lines and refuses over 300', () => {
    expect(check('packages/rules/src/a.ts', lines(250))).toEqual([]);
    expect(check('packages/rules/src/a.ts', lines(251))).toEqual(['251 warning: 251 lines (at most 250)']);
    expect(check('packages/rules/src/a.ts', lines(301))).toEqual(['251 error: 301 lines (at most 250)']);
  });

  it('does not measure tests, fixtures and generated files', () => {
    for (const name of ['a.test.ts', 'a.generated.ts', 'generated/a.ts', 'fixtures/a.ts']) {
      expect(check(`packages/rules/src/${name}`, lines(400))).toEqual([]);
    }
  });
});
