import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { cleanUp, danglint, project, put, type Ran, type RunOptions, start as started } from './danglint.ts';
import { MODELS, SHOP, TASK, TASK_BODY, TASK_HEAD } from './samples.ts';

/** Each test starts processes; a busy machine is slow at that. */
vi.setConfig({ testTimeout: 120_000 });

const kept: string[] = [];
afterEach(() => {
  for (const cwd of kept.splice(0)) danglint(['daemon', 'stop'], { cwd });
  cleanUp();
});

const shop = (more: Readonly<Record<string, string>> = {}): string =>
  project({ ...SHOP, 'shop/tasks.py': TASK, ...more });

/** A project whose daemon runs. */
function daemonOf(cwd: string): string {
  kept.push(cwd);
  expect(danglint(['daemon', 'start'], { cwd })).toMatchObject({ code: 0, stdout: '' });
  return cwd;
}

type Shown = Pick<Ran, 'code' | 'stdout' | 'stderr'>;
const shown = ({ code, stdout, stderr }: Ran): Shown => ({ code, stdout, stderr });

/** How many command lines the daemon has answered. */
function answered(cwd: string): number {
  const { stdout } = danglint(['daemon', 'status'], { cwd });
  return Number(/(\d+) runs? answered/.exec(stdout)?.[1]);
}

/** What a run says, which is the same with the daemon and without. `by`: who has to have answered the first one. */
function said(
  cwd: string,
  args: readonly string[],
  by: 'daemon' | 'itself' = 'daemon',
  input?: string,
): Shown {
  const options: RunOptions = { cwd, ...(input === undefined ? {} : { input }) };
  const before = answered(cwd);
  const first = shown(danglint(args, options));
  expect(answered(cwd) - before).toBe(by === 'daemon' ? 1 : 0);
  expect(first).toEqual(
    shown(danglint(args, { ...options, env: { DANGLINT_NO_DAEMON: '1', DANGLINT_NO_CACHE: '1' } })),
  );
  return first;
}

describe('a daemon answers as a run of its own does', () => {
  test.each([
    [[]],
    [['--output-format', 'json']],
    [['shop/tasks.py', '--statistics']],
    [['--diff']],
    [['-q', '--exit-zero', '--color', 'always']],
    [['lookups', '--output-format', 'json']],
    [['explain', 'shop/tasks.py:8']],
    [['nowhere.py']],
    [['--select', 'DNE101', '--fail-level', 'info']],
    [['--ignore-noqa', 'shop']],
    [['--show-settings']],
    [['--colour']],
    [['--help']],
  ])('%j', (args) => {
    const cwd = daemonOf(shop());
    said(cwd, args);
    expect(said(cwd, args)).toEqual(said(cwd, args));
  });

  test('from a folder below, and about a file that is named from elsewhere', () => {
    const cwd = daemonOf(shop());
    expect(said(join(cwd, 'shop'), []).stdout).toContain('tasks.py:8');
    const elsewhere = project({});
    const before = answered(cwd);
    expect(
      danglint([join(cwd, 'shop/tasks.py'), '--output-format', 'concise'], { cwd: elsewhere }).code,
    ).toBe(1);
    expect(answered(cwd)).toBe(before + 1);
  });
});

describe('what has changed counts', () => {
  test('files that are edited, come and go', () => {
    const cwd = daemonOf(shop());
    expect(said(cwd, []).code).toBe(1);
    put(cwd, 'shop/tasks.py', `${TASK_HEAD}\n`);
    expect(said(cwd, []).code).toBe(0);
    put(cwd, 'shop/more.py', TASK);
    expect(said(cwd, []).stdout).toContain('shop/more.py');
    rmSync(join(cwd, 'shop/more.py'));
    expect(said(cwd, []).code).toBe(0);
    put(cwd, 'shop/tasks.py', TASK);
    put(cwd, 'shop/models.py', MODELS.replace('Detector', 'Other'));
    said(cwd, []);
    put(cwd, 'shop/models.py', MODELS);
    expect(said(cwd, []).code).toBe(1);
  });

  test('a change that leaves size and times as they were', () => {
    const cwd = daemonOf(shop());
    put(cwd, 'shop/tasks.py', TASK.replace('id=', 'ID='));
    said(cwd, []);
    put(cwd, 'shop/tasks.py', TASK);
    expect(said(cwd, []).code).toBe(1);
  });

  test('configuration, comments, a baseline, tests that expect the exception', () => {
    const cwd = daemonOf(shop());
    put(cwd, 'danglint.toml', '[lint]\nignore = ["ALL"]\n');
    expect(said(cwd, []).code).toBe(0);
    put(cwd, 'danglint.toml', '[django]\nlookup-methods = ["fetch"]\n');
    expect(said(cwd, []).code).toBe(1);
    put(cwd, 'danglint.toml', 'nothing = 1\n');
    expect(said(cwd, []).code).toBe(2);
    rmSync(join(cwd, 'danglint.toml'));
    danglint(['--update-baseline'], { cwd });
    expect(said(cwd, []).code).toBe(0);
    expect(said(cwd, ['--no-baseline']).code).toBe(1);
    put(
      cwd,
      'shop/tests/test_tasks.py',
      'def test():\n    with pytest.raises(Detector.DoesNotExist):\n        process(1)\n',
    );
    said(cwd, ['--no-baseline', '--diff', '--unsafe-fixes']);
  });

  test('a text from standard input counts for its run only', () => {
    const cwd = daemonOf(shop());
    const text = `${TASK_HEAD}\n`;
    const args = ['-', '--stdin-filename', 'shop/tasks.py'];
    expect(said(cwd, args, 'daemon', text).code).toBe(0);
    expect(said(cwd, []).code).toBe(1);
    expect(said(cwd, args, 'daemon', TASK).code).toBe(1);
    expect(said(cwd, [...args, '--fix'], 'daemon', TASK).stdout).toContain('def process');
    expect(readFileSync(join(cwd, 'shop/tasks.py'), 'utf8')).toBe(TASK);
    expect(said(cwd, []).code).toBe(1);
  });
});

test('--fix writes what it writes without the daemon', () => {
  const own = shop();
  const cwd = daemonOf(shop());
  const args = ['--fix', '--unsafe-fixes'];
  expect(shown(danglint(args, { cwd }))).toEqual(shown(danglint(args, { cwd: own })));
  const [ours, others] = [cwd, own].map((at) => readFileSync(join(at, 'shop/tasks.py'), 'utf8'));
  expect(ours).toBe(others);
  expect(ours).not.toBe(TASK);
  said(cwd, []);
  put(cwd, 'shop/tasks.py', TASK);
  expect(said(cwd, []).code).toBe(1);
});

describe('what the daemon leaves to others', () => {
  test('plugins: Node would not read them again', () => {
    const cwd = daemonOf(
      shop({
        'danglint.toml': 'plugins = ["./rules.mjs"]\n',
        'rules.mjs':
          "import { definePlugin } from 'danglint';\nexport default definePlugin({ name: 'acme', rules: [] });\n",
      }),
    );
    said(cwd, [], 'itself');
  });

  test('runs that want nothing kept, and those that measure', () => {
    const cwd = daemonOf(shop());
    said(cwd, ['--no-cache'], 'itself');
    const before = answered(cwd);
    expect(danglint([], { cwd, env: { DANGLINT_NO_DAEMON: '1' } }).code).toBe(1);
    expect(danglint(['--profile-rules'], { cwd }).stderr).toContain('ms');
    expect(answered(cwd)).toBe(before);
  });

  test('other builds, and whoever does not know its secret', () => {
    const cwd = daemonOf(shop());
    const path = join(cwd, '.danglint_cache/daemon.json');
    const state = readFileSync(path, 'utf8');
    writeFileSync(path, state.replace(/"build":"\w+"/, '"build":"another"'));
    expect(danglint(['daemon', 'status'], { cwd }).stdout).toContain('of another build');
    said(cwd, [], 'itself');
    writeFileSync(path, state.replace(/"token":"\w+"/, '"token":"guessed"'));
    expect(danglint(['daemon', 'status'], { cwd })).toMatchObject({ code: 1 });
    expect(danglint([], { cwd }).code).toBe(1);
    writeFileSync(path, state);
  });
});

describe('starting and stopping', () => {
  test('one daemon a project, until it is told to stop', () => {
    const cwd = daemonOf(shop());
    expect(danglint(['daemon', 'start'], { cwd }).stderr).toContain('already');
    expect(danglint(['daemon', 'status'], { cwd })).toMatchObject({ code: 0 });
    expect(danglint(['daemon', 'stop'], { cwd }).stderr).toBe('Stopped the daemon of this project.\n');
    expect(danglint(['daemon', 'status'], { cwd })).toMatchObject({
      code: 1,
      stdout: 'No daemon keeps this project.\n',
    });
    expect(danglint(['daemon', 'stop'], { cwd })).toMatchObject({
      code: 0,
      stderr: 'No daemon keeps this project.\n',
    });
    expect(danglint([], { cwd }).code).toBe(1);
  });

  test('one that died is noticed', async () => {
    const cwd = shop();
    const child = started(['daemon', 'run'], cwd);
    const path = join(cwd, '.danglint_cache/daemon.json');
    await vi.waitUntil(() => danglint(['daemon', 'status'], { cwd }).code === 0, { timeout: 60_000 });
    const dead = new Promise((resolve) => void child.once('exit', resolve));
    child.kill('SIGKILL');
    await dead;
    expect(readFileSync(path, 'utf8')).toContain('token');
    expect(danglint([], { cwd }).code).toBe(1);
    daemonOf(cwd);
    said(cwd, []);
  });

  test('one that is interrupted takes its address back', async () => {
    const cwd = shop();
    const child = started(['daemon', 'run'], cwd);
    await vi.waitUntil(() => danglint(['daemon', 'status'], { cwd }).code === 0, { timeout: 60_000 });
    const ended = new Promise((resolve) => void child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    expect(() => readFileSync(join(cwd, '.danglint_cache/daemon.json'))).toThrow('ENOENT');
  });

  test('`clean` stops it, too', () => {
    const cwd = daemonOf(shop());
    expect(danglint(['clean'], { cwd }).stderr).toBe('Removed .danglint_cache.\n');
    expect(danglint(['daemon', 'status'], { cwd }).code).toBe(1);
  });

  test('a path that is too long for a socket', () => {
    const deep = `${'a'.repeat(60)}/${'b'.repeat(60)}`;
    const top = project({});
    for (const [path, text] of Object.entries({ ...SHOP, 'shop/tasks.py': TASK }))
      put(top, `${deep}/${path}`, text);
    const cwd = daemonOf(join(top, deep));
    expect(said(cwd, []).code).toBe(1);
  });

  test('a cache folder elsewhere', () => {
    const cwd = shop({ 'danglint.toml': 'cache-dir = "cache"\n' });
    kept.push(cwd);
    const first = danglint(['daemon', 'start'], { cwd });
    expect(first.stderr).toContain('only with DANGLINT_CACHE_DIR=cache');
    expect(danglint([], { cwd, env: { DANGLINT_CACHE_DIR: 'cache' } }).code).toBe(1);
    expect(answered(cwd)).toBe(1);
  });

  test('a cache folder that cannot be', () => {
    const cwd = shop({ 'danglint.toml': 'cache-dir = "manage.py"\n' });
    const ran = danglint(['daemon', 'start'], { cwd });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('a daemon is found through the cache folder, which cannot be written');
    expect(ran.stderr).toContain('manage.py');
  });

  test.each([
    [['daemon', 'strat'], 'did you mean `start`?'],
    [['daemon', 'start', '--idle-timeout', 'soon'], '`--idle-timeout`: "soon" is no number of minutes'],
  ])('%j', (args, message) => {
    const ran = danglint(args, { cwd: shop() });
    expect(ran.stderr).toContain(message);
    expect(ran.code).toBe(2);
  });

  test('clients that come together are answered one after the other', async () => {
    const cwd = daemonOf(shop());
    const texts = Array.from({ length: 4 }, (_, i) => `${TASK_HEAD}${TASK_BODY.repeat(i)}`);
    const runs = texts.map(async (text) => {
      const child = started(
        ['-', '--stdin-filename', 'shop/tasks.py', '--output-format', 'json'],
        cwd,
        'pipe',
      );
      child.stdin?.end(text);
      let out = '';
      for await (const part of child.stdout ?? []) out += String(part);
      const found: unknown = JSON.parse(out);
      return Array.isArray(found) ? found.length : null;
    });
    expect(await Promise.all(runs)).toEqual([0, 1, 2, 3]);
  });
});
