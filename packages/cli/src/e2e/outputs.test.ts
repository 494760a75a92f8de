import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { cleanUp, danglint, project } from './danglint.ts';
import { SHOP, TASK } from './samples.ts';

/** Each test starts processes; a busy machine is slow at that. */
vi.setConfig({ testTimeout: 120_000 });
afterAll(cleanUp);

const shop = (): string => project({ ...SHOP, 'shop/tasks.py': TASK });

describe('several outputs', () => {
  test('the n-th file takes the n-th format, the rest goes to standard output', () => {
    const cwd = shop();
    const formats = ['sarif', 'gitlab', 'concise'].flatMap((name) => ['--output-format', name]);
    const run = danglint([...formats, '-o', 'a.sarif', '-o', 'b.json'], { cwd });
    expect(run.stdout).toMatch(/^shop\/tasks\.py:8:16: DNE101 .*\n$/);
    expect(run.stderr).toContain('Found 1 error.');
    expect(JSON.parse(readFileSync(join(cwd, 'a.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' });
    expect(JSON.parse(readFileSync(join(cwd, 'b.json'), 'utf8'))).toMatchObject([{ check_name: 'DNE101' }]);
  });

  test('a file without a format of its own is told', () => {
    const run = danglint(['--output-format', 'json', '-o', 'a.json', '-o', 'b.json', '-q'], { cwd: shop() });
    expect(run.stderr).toBe('danglint: warning: 2 output files, 1 format: `b.json` gets the format `json`\n');
  });

  test('two formats cannot share standard output; every name is checked', () => {
    const run = danglint(['--output-format', 'json', '--output-format=concise'], { cwd: shop() });
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain('2 formats would go to standard output: json, concise');
    const wrong = danglint(['--output-format', 'jsn', '--output-format', 'concise'], { cwd: shop() });
    expect(wrong.stderr).toContain('"jsn" is not one of');
  });
});

describe('names of files in reports for a host', () => {
  const FILES = {
    'backend/pyproject.toml': '',
    'backend/shop/__init__.py': '',
    'backend/shop/models.py': SHOP['shop/models.py'],
    'backend/shop/tasks.py': TASK,
  };
  const named = (cwd: string, env: Readonly<Record<string, string>>, ...args: readonly string[]): unknown => {
    const sarif = danglint(['--output-format', 'sarif', ...args], { cwd, env }).stdout;
    const uris = new Set([...sarif.matchAll(/"uri": "(.*)"/g)].map(([, uri]) => uri));
    const gitlab: readonly { location: { path: string } }[] = JSON.parse(
      danglint(['--output-format', 'gitlab', ...args], { cwd, env }).stdout,
    );
    return [...uris, ...gitlab.map(({ location }) => location.path)];
  };
  const FROM_TOP = ['backend/shop/tasks.py', 'backend/shop/tasks.py'];

  test('are relative to the top of the repository, wherever the command runs', () => {
    const top = project({ ...FILES, '.git/HEAD': '' });
    for (const folder of ['', 'backend', 'backend/shop'])
      expect(named(join(top, folder), {})).toEqual(FROM_TOP);
    expect(named(join(top, 'backend/shop'), {}, '..')).toEqual(FROM_TOP);
  });

  test('are relative to the checkout that CI tells of, where it holds the program', () => {
    const top = project(FILES);
    const backend = join(top, 'backend');
    expect(named(backend, { CI_PROJECT_DIR: top })).toEqual(FROM_TOP);
    expect(named(backend, { GITHUB_WORKSPACE: `${top}/` })).toEqual(FROM_TOP);
    expect(named(backend, { CI_PROJECT_DIR: '/somewhere/else' })).toEqual(['shop/tasks.py', 'shop/tasks.py']);
    expect(named(join(backend, 'shop'), {})).toEqual(['shop/tasks.py', 'shop/tasks.py']);
  });
});

test('sarif: with --ignore-noqa, what comments keep quiet says so; without, it is left out', () => {
  const commented = TASK.replace(
    'id=detector_id)',
    'id=detector_id)  # danglint: ignore[DNE101] made a line above',
  );
  const cwd = project({
    ...SHOP,
    'shop/a.py': commented,
    'shop/b.py': TASK.replace('id=detector_id)', '$&  # noqa'),
    'shop/c.py': TASK,
  });
  const suppressions = (...args: readonly string[]): unknown => {
    const log: { runs: { results: { suppressions?: unknown }[] }[] } = JSON.parse(
      danglint(['--output-format', 'sarif', ...args], { cwd }).stdout,
    );
    return log.runs[0]?.results.map((result) => result.suppressions ?? null);
  };
  expect(suppressions('--ignore-noqa')).toEqual([
    [{ kind: 'inSource', justification: 'made a line above' }],
    [{ kind: 'inSource' }],
    null,
  ]);
  expect(suppressions()).toEqual([null]);
});

describe('--statistics', () => {
  test.each([
    [['--statistics', '.'], '1\tDNE101\t[*] task-argument-lookup\n'],
    [['--statistics=model'], '1\tDetector\t1 DNE101\n'],
    [['--statistics=app'], '1\tshop\t1 DNE101\n'],
  ])('%j', (args, expected) => {
    expect(danglint(args, { cwd: shop() }).stdout).toBe(expected);
  });

  test('by anything else: exit 2', () => {
    expect(danglint(['--statistics=file'], { cwd: shop() }).stderr).toContain('"file" is not one of');
  });
});

describe('rules and fixes from the command line', () => {
  test('--fix-style', () => {
    const diff = (style: string): string =>
      danglint(['--diff', '--fix-style', style], { cwd: shop() }).stdout;
    expect(diff('first')).toContain('.first()');
    expect(diff('try')).toContain('except Detector.DoesNotExist:');
    expect(danglint(['--fix-style', 'last'], { cwd: shop() }).code).toBe(2);
  });

  test('--per-file-ignores', () => {
    const code = (...args: readonly string[]): number | null => danglint(args, { cwd: shop() }).code;
    expect(code('--per-file-ignores', 'other.py:DNE1,tasks.py:task-argument-lookup')).toBe(0);
    expect(code('--per-file-ignores', 'shop/*:DNE0')).toBe(1);
    expect(code('--per-file-ignores', 'tasks.py')).toBe(2);
    expect(code('--per-file-ignores', 'tasks.py:DNE999')).toBe(2);
  });

  test('--preview is taken', () => {
    expect(danglint(['--preview', '.'], { cwd: shop() }).code).toBe(1);
  });
});
