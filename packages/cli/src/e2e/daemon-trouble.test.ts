import { execFileSync, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { cleanUp, danglint, project, put, start as started } from './danglint.ts';
import { SHOP, TASK } from './samples.ts';

/** Each test starts processes; a busy machine is slow at that. */
vi.setConfig({ testTimeout: 120_000 });

const running: ChildProcess[] = [];
const kept: string[] = [];
afterEach(async () => {
  for (const cwd of kept.splice(0)) danglint(['daemon', 'stop'], { cwd });
  for (const child of running.splice(0)) {
    child.kill('SIGKILL');
    await ended(child);
  }
  cleanUp();
});

const shop = (more: Readonly<Record<string, string>> = {}): string =>
  project({ ...SHOP, 'shop/tasks.py': TASK, ...more });

const STATE = '.danglint_cache/daemon.json';

/** A daemon that answers, as a process that the test holds. */
async function daemonIn(cwd: string): Promise<ChildProcess> {
  const child = started(['daemon', 'run'], cwd);
  running.push(child);
  await vi.waitUntil(() => danglint(['daemon', 'status'], { cwd }).code === 0, { timeout: 60_000 });
  return child;
}

const ended = (child: ChildProcess): Promise<unknown> =>
  child.exitCode === null && child.signalCode === null
    ? new Promise((resolve) => void child.once('exit', resolve))
    : Promise.resolve();

test.each([[['--fix', '--unsafe-fixes']], [['--add-ignore']], [['-v', '-o', 'shop/tasks.py']]])(
  'a client that is interrupted writes nothing any more: %j',
  async (args) => {
    const cwd = shop();
    await daemonIn(cwd);
    // The daemon reads the baseline in the middle of its work, and waits for what the pipe in its place says.
    execFileSync('mkfifo', [join(cwd, 'known.json')]);
    const client = started([...args, '--baseline', 'known.json'], cwd);
    const asked = await open(join(cwd, 'known.json'), 'w');
    client.kill('SIGINT');
    await ended(client);
    await asked.write('{"version": 1, "findings": []}');
    await asked.close();
    // One run comes after the other.
    expect(danglint(['--show-settings'], { cwd }).code).toBe(0);
    expect(readFileSync(join(cwd, 'shop/tasks.py'), 'utf8')).toBe(TASK);
    expect(danglint([...args, '--no-baseline'], { cwd }).code).toBeLessThan(2);
    expect(readFileSync(join(cwd, 'shop/tasks.py'), 'utf8')).not.toBe(TASK);
  },
);

test('one that is suspended keeps nobody waiting', async () => {
  const cwd = shop();
  const child = await daemonIn(cwd);
  const says = danglint([], { cwd });
  child.kill('SIGSTOP');
  put(cwd, 'shop/more.py', TASK);
  expect(danglint([], { cwd }).stdout).toContain('shop/more.py');
  expect(danglint(['daemon', 'status'], { cwd })).toMatchObject({
    code: 1,
    stdout: `The daemon of this project is suspended (process ${child.pid}); runs do without it.\n`,
  });
  rmSync(join(cwd, 'shop/more.py'));
  child.kill('SIGCONT');
  expect(danglint(['daemon', 'status'], { cwd }).code).toBe(0);
  expect(danglint([], { cwd })).toEqual(says);
  child.kill('SIGSTOP');
  expect(danglint(['daemon', 'stop'], { cwd }).stderr).toContain('it ends when it goes on');
  child.kill('SIGCONT');
  await ended(child);
});

test('one that another has replaced leaves it alone', async () => {
  const cwd = shop();
  const first = await daemonIn(cwd);
  rmSync(join(cwd, '.danglint_cache'), { recursive: true });
  const second = await daemonIn(cwd);
  await ended(first);
  const { code, stdout } = danglint(['daemon', 'status'], { cwd });
  expect(code).toBe(0);
  expect(stdout).toContain(`process ${second.pid}`);
});

describe('standard input', () => {
  test('is not waited for where `-` is the value of a flag', async () => {
    const cwd = shop();
    await daemonIn(cwd);
    const client = started(['--statistics', '-o', '-'], cwd, 'pipe');
    await ended(client);
    expect(client.exitCode).toBe(1);
    expect(danglint(['daemon', 'status'], { cwd }).stdout).toContain('1 run answered');
  });
});

describe('where no daemon can be', () => {
  test('a path that is not there starts none for the folder above', () => {
    const cwd = shop();
    const ran = danglint(['daemon', 'start', 'nowhere'], { cwd });
    expect(ran).toMatchObject({
      code: 2,
      stderr: 'danglint: error: no such file or folder\n  --> nowhere\n',
    });
    expect(existsSync(join(cwd, STATE))).toBe(false);
  });

  test('two projects at once', () => {
    const ran = danglint(['daemon', 'start', 'a', 'b'], { cwd: shop() });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('a daemon keeps one project');
  });

  test("another user's cache folder", () => {
    const cwd = shop();
    danglint([], { cwd });
    chmodSync(cwd, 0o755);
    chmodSync(join(cwd, '.danglint_cache'), 0o555);
    const ran = danglint(['daemon', 'start'], { cwd, uid: 65_534 });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('cannot be written: permission denied\n  --> .danglint_cache\n');
    expect(ran.stderr).not.toContain('bug');
  });
});

test('a project in a folder that is named as an action', () => {
  const top = project({});
  for (const [path, text] of Object.entries({ ...SHOP, 'shop/tasks.py': TASK }))
    put(top, `start/${path}`, text);
  kept.push(join(top, 'start'));
  expect(danglint(['daemon', 'start', 'start'], { cwd: top }).stderr).toContain(
    'A daemon keeps start from now on',
  );
});
