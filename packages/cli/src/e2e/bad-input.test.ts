import { chmodSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { cleanUp, danglint, project, put, type Ran } from './danglint.ts';
import { MODELS, SHOP, TASK, TASK_BODY, TASK_HEAD } from './samples.ts';

/** Each test starts processes; a busy machine is slow at that. */
vi.setConfig({ testTimeout: 120_000 });
afterAll(cleanUp);

/** The program with one more file; `concise` lines for that file. */
function check(content: string | Uint8Array, args: readonly string[] = []): Ran {
  const cwd = project({ ...SHOP, 'shop/tasks.py': content });
  return danglint(['--output-format', 'concise', ...args], { cwd });
}

/** Bad input is a finding: exit 1, one line, no trace, and the rest of the run goes on. */
function expectFinding(run: Ran, line: RegExp): void {
  expect(run.stdout).toMatch(line);
  expect(run.stderr).not.toMatch(/\n\s+at /);
  expect(run.code).toBe(1);
}

describe('paths', () => {
  test('a missing path is a finding and the others are checked', () => {
    const cwd = project({ ...SHOP, 'shop/tasks.py': TASK });
    const run = danglint(['nope.py', 'gone/', 'shop', '--output-format', 'concise'], { cwd });
    expectFinding(run, /^nope\.py:1:1: DNE901 .*no such file or directory$/m);
    expect(run.stdout).toMatch(/^gone:1:1: DNE901/m);
    expect(run.stdout).toMatch(/^shop\/tasks\.py:8:16: DNE101 /m);
  });

  test('a misspelt command', () => {
    const run = danglint(['chek'], { cwd: project(SHOP) });
    expectFinding(run, /DNE901/);
    expect(run.stderr).toContain('there is no file `chek`; did you mean the command `check`?');
  });

  test('what may not be read', () => {
    const cwd = project({ ...SHOP, 'shop/tasks.py': TASK, 'shop/secret.py': '', 'shop/locked/x.py': '' });
    chmodSync(cwd, 0o755);
    chmodSync(join(cwd, 'shop/secret.py'), 0);
    chmodSync(join(cwd, 'shop/locked'), 0);
    const nobody = process.getuid?.() === 0 ? { uid: 65534 } : {};
    const run = danglint(['--output-format', 'concise'], { cwd, ...nobody });
    chmodSync(join(cwd, 'shop/locked'), 0o755);
    expectFinding(run, /^shop\/secret\.py:1:1: DNE901 .*permission denied$/m);
    expect(run.stdout).toMatch(/^shop\/locked:1:1: DNE901 .*folder cannot be read: permission denied$/m);
    expect(run.stdout).toMatch(/^shop\/tasks\.py:8:16: DNE101 /m);
  });

  test('a folder that holds a link to itself', () => {
    const cwd = project({ ...SHOP, 'shop/tasks.py': TASK });
    symlinkSync('..', join(cwd, 'shop/again'));
    const run = danglint(['--output-format', 'concise', '-v'], { cwd });
    expect(run.stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(run.stderr).toContain('not followed: symbolic link to a folder shop/again');
  });

  test('a device and a link that leads in a circle, named', () => {
    const cwd = project(SHOP);
    symlinkSync('loop.py', join(cwd, 'loop.py'));
    const run = danglint(['/dev/null', 'loop.py', '--output-format', 'concise'], { cwd });
    expectFinding(run, /^\/dev\/null:1:1: DNE901 .*not a regular file/m);
    expect(run.stdout).toMatch(/^loop\.py:1:1: DNE901 .*symbolic links lead in a circle$/m);
  });
});

describe('bytes that are no Python text', () => {
  test.each([
    ['binary', Uint8Array.from({ length: 300 }, (_, i) => i % 256), /NUL bytes|not valid UTF-8/],
    ['invalid UTF-8', Buffer.from('x = "\xff\xfe"\n', 'latin1'), /not valid UTF-8/],
    ['UTF-16', Buffer.from('\ufeffx = 1\n', 'utf16le'), /UTF-16/],
    ['an unknown coding', '# -*- coding: klingon -*-\n', /"klingon" is not supported/],
    ['50 MB', Buffer.alloc(50 << 20, '#'), /too large to check \(50\.0 MiB/],
  ])('%s', (_, content, message) => {
    const run = check(content);
    expectFinding(run, message);
    expect(run.stdout).toMatch(/^shop\/tasks\.py:1:1: DNE901 /);
  });
});

describe('texts that are unusual and fine', () => {
  const found = (content: string | Uint8Array): string => check(content).stdout;

  test.each([
    ['no newline at the end', TASK.trimEnd(), 'shop/tasks.py:8:16: DNE101'],
    ['Windows newlines', TASK.replaceAll('\n', '\r\n'), 'shop/tasks.py:8:16: DNE101'],
    ['mixed newlines', TASK.replace('\n', '\r\n').replace('\n\n', '\n\r'), 'shop/tasks.py:8:16: DNE101'],
    ['tabs', TASK.replaceAll('    ', '\t'), 'shop/tasks.py:8:13: DNE101'],
    ['form feeds', TASK.replace('\n\n\n', '\n\f\n\n'), 'shop/tasks.py:8:16: DNE101'],
    ['a byte order mark', `\ufeff${TASK}`, 'shop/tasks.py:8:16: DNE101'],
    [
      'latin-1 with a coding line',
      Buffer.from(`# coding: latin-1\n# \xe9\n${TASK}`, 'latin1'),
      'shop/tasks.py:10:16: DNE101',
    ],
    [
      'wide characters before the lookup',
      TASK.replace('    detector =', '    日本 = "😀"; d ='),
      ':8:19: DNE101',
    ],
  ])('%s', (_, content, expected) => {
    expect(found(content)).toContain(expected);
  });

  test.each([
    ['empty', ''],
    ['white space', ' \n\t\n'],
    ['one comment without a newline', '# hi'],
  ])('%s', (_, content) => {
    const run = check(content);
    expect([run.code, run.stdout, run.stderr]).toEqual([0, '', 'All checks passed!\n']);
  });

  test.each([
    ['10,000 brackets', `x = ${'('.repeat(10_000)}1${')'.repeat(10_000)}\n`],
    [
      '900 blocks',
      `${Array.from({ length: 900 }, (_, i) => `${' '.repeat(i)}if x:`).join('\n')}\n${' '.repeat(900)}pass\n`,
    ],
    ['10,000 calls', `y = a${'.b()'.repeat(10_000)}\n`],
    ['a sum of 10,000', `z = ${Array.from({ length: 10_000 }, () => '1').join(' + ')}\n`],
  ])('deep nesting: %s', (_, deep) => {
    const run = check(`${TASK_HEAD}${deep}${TASK_BODY}`);
    expect(run.stderr).not.toMatch(/internal error|\n\s+at /);
    expect(run.stdout).toContain('DNE101');
  });
});

describe('code that does not parse', () => {
  test('is a finding, and the rest of the file is checked', () => {
    const run = check(`${TASK}\n\ndef broken(:\n    pass\n`);
    expectFinding(run, /^shop\/tasks\.py:\d+:\d+: DNE902 /m);
    expect(run.stdout).toMatch(/^shop\/tasks\.py:8:16: DNE101 /m);
  });

  test('Python 2 is checked too', () => {
    const run = check(`print "hi"\ntry:\n    pass\nexcept A, e:\n    raise A, "x"\nexec "y" in z\n${TASK}`);
    expectFinding(run, /DNE101/);
  });

  test('JSON output stays whole', () => {
    const cwd = project({ ...SHOP, 'shop/tasks.py': 'def f(:\n', 'shop/bin.py': Buffer.from([0, 1, 2]) });
    const run = danglint(['--output-format', 'json', 'nope.py', '.'], { cwd });
    const codes = (JSON.parse(run.stdout) as { code: string }[]).map(({ code }) => code);
    expect(new Set(codes)).toEqual(new Set(['DNE901', 'DNE902']));
    expect(run.stderr).toBe('');
  });
});

describe('standard input', () => {
  test('is checked as the named file, in its project', () => {
    const cwd = project(SHOP);
    const run = danglint(['-', '--stdin-filename', 'shop/tasks.py', '--output-format', 'concise'], {
      cwd,
      input: TASK,
    });
    expectFinding(run, /^shop\/tasks\.py:8:16: DNE101 /);
  });

  test('replaces the file on disk', () => {
    const cwd = project({ ...SHOP, 'shop/tasks.py': TASK });
    const run = danglint(['-', '--stdin-filename', 'shop/tasks.py'], { cwd, input: '' });
    expect([run.code, run.stdout]).toEqual([0, '']);
  });

  test('has no name unless one is given', () => {
    const cwd = project({ 'a.py': 'this is not python' });
    const run = danglint(['-', '--output-format', 'concise'], { cwd, input: `${MODELS}\n${TASK_BODY}` });
    expect(run.stdout).toMatch(/^<stdin>:\d+:16: DNE\d+ /);
    expect(run.stdout).not.toContain('a.py');
  });

  test('an excluded name is left alone with --force-exclude', () => {
    const cwd = project(SHOP);
    const args = ['-', '--stdin-filename', 'shop/tests/x.py', '--force-exclude'];
    expect(danglint(args, { cwd, input: TASK }).code).toBe(0);
  });
});

test('settings that leave out rules and files are followed', () => {
  const cwd = project({ ...SHOP, 'shop/tasks.py': TASK });
  const codes = (...args: readonly string[]): string[] =>
    (JSON.parse(danglint(['--output-format', 'json', ...args], { cwd }).stdout) as { code: string }[]).map(
      ({ code }) => code,
    );
  expect(codes()).toEqual(['DNE101']);
  expect(codes('--select', 'DNE0')).toEqual(['DNE001']);
  expect(codes('--ignore', 'task-argument-lookup')).toEqual([]);
  put(
    cwd,
    'shop/all.py',
    'from celery import shared_task\nfrom shop.models import Detector\n\n\n@shared_task\ndef touch(ids):\n    for pk in ids:\n        Detector.objects.get(pk=pk).save()\n',
  );
  expect(codes()).toEqual(['DNE301', 'DNE101']);
  expect(codes('--ignore', 'DNE301')).toEqual(['DNE101', 'DNE101']);
  expect(codes('--ignore', 'DNE301,DNE101')).toEqual([]);
  rmSync(join(cwd, 'shop/all.py'));
  expect(codes('--config', 'lint.per-file-ignores = { "tasks.py" = ["DNE1"] }')).toEqual([]);
  put(cwd, 'danglint.toml', '[rules]\ntask-argument-lookup = "info"\n');
  const info = danglint([], { cwd });
  expect([info.code, info.stderr]).toEqual([0, expect.stringContaining('Found 1 info.')]);
  expect(danglint(['--fail-level', 'info'], { cwd }).code).toBe(1);
  expect(danglint(['--fail-level', 'info', '--exit-zero'], { cwd }).code).toBe(0);
});
