import { type ChildProcess, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { BUNDLE, cleanUp, danglint, project, put, start } from './danglint.ts';
import { SHOP, TASK, TASK_BODY, TASK_HEAD } from './samples.ts';

/** Each test starts processes; a busy machine is slow at that. */
vi.setConfig({ testTimeout: 120_000 });
afterAll(cleanUp);

const SECOND = TASK_BODY.replace('process', 'second');
const shop = (): string => project({ ...SHOP, 'shop/tasks.py': TASK + SECOND });
const read = (cwd: string): string => readFileSync(join(cwd, 'shop/tasks.py'), 'utf8');

/** Answers come one at a time, each once its question stands, as a person types. */
const TYPIST = `
import os, pty, sys, select
keys, argv = sys.argv[1], sys.argv[2:]
pid, fd = pty.fork()
if pid == 0:
    os.execvp(argv[0], argv)
seen = b""
while True:
    try:
        data = os.read(fd, 65536)
    except OSError:
        break
    if not data:
        break
    seen += data
    os.write(1, data)
    if keys and seen.rstrip().endswith(b"?]?"):
        os.write(fd, keys[0].encode())
        keys, seen = keys[1:], b""
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

const python = spawnSync('python3', ['-c', 'import pty']).status === 0;

function typed(
  keys: string,
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): { readonly code: number | null; readonly text: string } {
  danglint(['version'], { cwd });
  const args = ['-c', TYPIST, keys, process.execPath, BUNDLE, '-i', '--color', 'never'];
  const run = spawnSync('python3', args, { cwd, env: { ...process.env, ...env }, encoding: 'utf8' });
  return { code: run.status, text: run.stdout.replaceAll('\r\n', '\n') };
}

describe('--interactive', () => {
  test('needs a terminal', () => {
    const run = danglint(['-i'], { cwd: shop() });
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain('`--interactive` needs a terminal to ask on');
    expect(danglint(['-i', '--fix'], { cwd: shop() }).stderr).toContain('cannot be used with');
  });

  test.runIf(python)('y writes the fix, n leaves, and the exit code tells what is left', () => {
    const cwd = shop();
    const { code, text } = typed('ny', cwd);
    expect(text).toContain('(2 left) Apply this fix [y,n,a,d,e,q,?]? n\n');
    expect(text).toContain('+     detector = Detector.objects.filter(id=detector_id).first()');
    expect(text).toContain('Fixed 1 error.\nFound 1 error.\n');
    expect(code).toBe(1);
    expect(read(cwd)).toContain(TASK_BODY);
    expect(read(cwd)).not.toContain(SECOND);
  });

  test.runIf(python)('a takes the file, undo takes it back, q stops; the disk follows', () => {
    expect(typed('a', shop()).code).toBe(0);
    const cwd = shop();
    const undone = typed('yuq', cwd);
    expect([undone.code, read(cwd)]).toEqual([1, TASK + SECOND]);
    const interrupted = shop();
    expect([typed('y\u{3}', interrupted).code, read(interrupted).includes(SECOND)]).toEqual([130, true]);
  });

  test.runIf(python)('e opens the editor at the line and looks again', () => {
    const cwd = project({
      ...SHOP,
      'shop/tasks.py': TASK,
      'editor.sh': '#!/bin/sh\necho "$1" > place\necho "x = 1" > "$2"\n',
    });
    const { code } = typed('e', cwd, { VISUAL: 'sh editor.sh' });
    expect([code, readFileSync(join(cwd, 'place'), 'utf8'), read(cwd)]).toEqual([0, '+8\n', 'x = 1\n']);
  });
});

/** Saves files one after the other, each once the report before it stands. */
const WATCHER = `
import json, os, pty, select, signal, sys, time
saves, argv = json.loads(sys.argv[1]), sys.argv[2:]
pid, fd = pty.fork()
if pid == 0:
    os.execvp(argv[0], argv)
def until(word):
    seen = b""
    end = time.time() + 60
    while word.encode() not in seen and time.time() < end:
        if select.select([fd], [], [], 1)[0]:
            data = os.read(fd, 65536)
            os.write(1, data)
            seen += data
until("Ctrl-C stops.")
for path, text, word in saves:
    with open(path, "w") as file:
        file.write(text)
    until(word)
os.kill(pid, signal.SIGINT)
os.waitpid(pid, 0)
`;

const CLEAR = '\u{1b}[2J\u{1b}[3J\u{1b}[H';

describe('--watch', () => {
  /** Everything that a run has printed, and a wait for more of it. */
  function listen(run: ChildProcess): (text: string) => Promise<string> {
    let seen = '';
    run.stdout?.on('data', (data: Buffer) => (seen += data.toString()));
    run.stderr?.on('data', (data: Buffer) => (seen += data.toString()));
    return async (text) => {
      await vi.waitFor(() => expect(seen).toContain(text), { timeout: 30_000, interval: 20 });
      const before = seen;
      seen = '';
      return before;
    };
  }

  test('checks again after a save, sees new files, and recovers from a broken configuration', async () => {
    const cwd = project({ ...SHOP, 'shop/tasks.py': TASK });
    const run = start(['-w', '--output-format', 'concise'], cwd);
    try {
      const until = listen(run);
      expect(await until('Ctrl-C stops.')).toContain('shop/tasks.py:8:16: DNE101');
      put(cwd, 'shop/tasks.py', 'x = 1\n');
      expect(await until('Ctrl-C stops.')).toContain('All checks passed!');
      put(cwd, 'shop/more.py', TASK);
      expect(await until('Ctrl-C stops.')).toContain('shop/more.py:8:16: DNE101');
      put(cwd, 'danglint.toml', 'nope = 1\n');
      const broken = await until('Waiting until it is mended');
      expect(broken).toContain('unknown key `nope`');
      put(cwd, 'danglint.toml', '[lint]\nselect = ["DNE2"]\n');
      expect(await until('Ctrl-C stops.')).toContain('All checks passed!');
    } finally {
      run.kill('SIGINT');
    }
    expect(existsSync(join(cwd, 'shop/more.py'))).toBe(true);
  });

  test('a save while the first check runs is not lost', async () => {
    const cwd = project({ ...SHOP, 'shop/tasks.py': TASK });
    const run = start(['-w', '--output-format', 'concise'], cwd);
    try {
      const until = listen(run);
      await until('DNE101');
      put(cwd, 'shop/tasks.py', 'x = 1\n');
      await until('All checks passed!');
    } finally {
      run.kill('SIGINT');
    }
  });

  test.runIf(python)(
    'on a terminal the screen is drawn anew each time, errors of the configuration too',
    () => {
      const cwd = project({ ...SHOP, 'shop/tasks.py': TASK });
      danglint(['version'], { cwd });
      const saves = [
        ['shop/tasks.py', 'x = 1\n', 'Ctrl-C stops.'],
        ['danglint.toml', 'nope = 1\n', 'until it is mended'],
        ['danglint.toml', 'src = []\n', 'Ctrl-C stops.'],
      ];
      const args = ['-c', WATCHER, JSON.stringify(saves), process.execPath, BUNDLE, '-w', '--color', 'never'];
      const run = spawnSync('python3', args, { cwd, encoding: 'utf8' });
      const screens = run.stdout.replaceAll('\r\n', '\n').split(CLEAR).slice(1);
      expect(screens).toEqual([
        expect.stringMatching(/^DNE101 [^]*Found 1 error\.[^]*Watching 4 files; Ctrl-C stops\.\n$/),
        expect.stringMatching(/^All checks passed!\n(?:[^\n]*\r\S*)?\d+ ms\. Watching 4 files/),
        expect.stringMatching(
          /^danglint: error: unknown key `nope`\n {2}--> danglint\.toml:1\n[^]*Waiting until it is mended/,
        ),
        expect.stringMatching(/^All checks passed!\n/),
      ]);
      expect(run.status).toBe(0);
    },
  );

  test.runIf(python)(
    'a big program is shown in two steps, and the second one finds what a save did to other files',
    () => {
      const many = Array.from({ length: 60 }, (_, i) => [
        `shop/more_${i}.py`,
        TASK_HEAD + Array.from({ length: 40 }, (_, n) => TASK_BODY.replace('process', `f_${n}`)).join(''),
      ]);
      const getter = `${TASK_HEAD}\n\ndef load(pk):\n    return Detector.objects.get(id=pk)\n`;
      const caller = (body: string): string =>
        `from celery import shared_task\nfrom shop.a import load\nfrom shop.models import Detector\n\n\n@shared_task\ndef run(pk):\n${body}`;
      const handled = caller(
        '    try:\n        load(pk)\n    except Detector.DoesNotExist:\n        return\n',
      );
      const cwd = project({
        ...SHOP,
        ...Object.fromEntries(many),
        'shop/a.py': getter,
        'shop/b.py': handled,
      });
      danglint(['version'], { cwd });
      const saves = [
        ['shop/b.py', caller('    load(pk)\n'), 'Ctrl-C stops.'],
        ['shop/b.py', handled, 'Ctrl-C stops.'],
      ];
      const flags = ['-w', '--output-format', 'concise', '--per-file-ignores', 'shop/more_*:DNE'];
      const args = ['-c', WATCHER, JSON.stringify(saves), process.execPath, BUNDLE, ...flags];
      const run = spawnSync('python3', args, { cwd, encoding: 'utf8' });
      const parts = run.stdout.split('Ctrl-C stops.');
      const shown = parts.map((part) => part.split(CLEAR).at(-1)?.includes('shop/a.py'));
      expect(shown.slice(0, 3)).toEqual([false, true, false]);
    },
  );
});
