import { createHash } from 'node:crypto';
import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { cleanUp, danglint, project, put, type Ran, start } from './danglint.ts';
import { SHOP, TASK } from './samples.ts';

/** Each test starts processes; a busy machine is slow at that. */
vi.setConfig({ testTimeout: 120_000 });
afterAll(cleanUp);

const shop = (more: Readonly<Record<string, string>> = {}): string =>
  project({ ...SHOP, 'shop/tasks.py': TASK, ...more });

const cacheOf = (cwd: string): string => join(cwd, '.danglint_cache');
const answersOf = (cwd: string): readonly string[] =>
  readdirSync(join(cacheOf(cwd), 'answers')).map((name) => join(cacheOf(cwd), 'answers', name));

type Shown = Pick<Ran, 'code' | 'stdout' | 'stderr'>;
const shown = ({ code, stdout, stderr }: Ran): Shown => ({ code, stdout, stderr });
const warm = (cwd: string, ...args: readonly string[]): Shown => shown(danglint(args, { cwd }));
const cold = (cwd: string, ...args: readonly string[]): Shown =>
  shown(danglint(['--no-cache', ...args], { cwd }));

/** Writes other words into a kept answer: whoever shows them did not look at the program. */
function reword(file: string): void {
  const [, body = ''] = readFileSync(file, 'utf8').split('\n');
  const other = body.replaceAll('may be gone', 'WAS KEPT');
  writeFileSync(file, `${createHash('sha1').update(other).digest('hex')}\n${other}`);
}

/** Runs once, so that an answer is kept, and marks it. */
function kept(cwd: string, ...args: readonly string[]): void {
  danglint(args, { cwd });
  for (const file of answersOf(cwd)) reword(file);
}

describe('nothing changed', () => {
  test.each([[[]], [['--output-format', 'json']], [['--statistics']], [['-q', '--exit-zero']]])(
    'the answer of the last run is shown again, byte for byte: %j',
    (args) => {
      const cwd = shop();
      const first = warm(cwd, ...args);
      expect(warm(cwd, ...args)).toEqual(first);
      expect(first).toEqual(cold(cwd, ...args));
    },
  );

  test('nothing is worked out for it', () => {
    const cwd = shop();
    kept(cwd);
    expect(warm(cwd).stdout).toContain('WAS KEPT');
    expect(cold(cwd).stdout).not.toContain('WAS KEPT');
  });

  test('output files are written again', () => {
    const cwd = shop();
    const args = ['--output-format', 'sarif', '--output-file', 'out.sarif'];
    danglint(args, { cwd });
    const text = readFileSync(join(cwd, 'out.sarif'), 'utf8');
    rmSync(join(cwd, 'out.sarif'));
    danglint(args, { cwd });
    expect(readFileSync(join(cwd, 'out.sarif'), 'utf8')).toBe(text);
  });

  test.each(['metadata', 'content'])(
    'files with other times and the same bytes are read, and the answer holds: %s',
    (strategy) => {
      const cwd = shop();
      const args = ['--cache-strategy', strategy];
      kept(cwd, ...args);
      utimesSync(join(cwd, 'shop/tasks.py'), 1_000_000, 1_000_000);
      expect(warm(cwd, ...args).stdout).toContain('WAS KEPT');
    },
  );
});

const HANDLED = TASK.replace(
  '    detector = Detector.objects.get(id=detector_id)\n',
  '    try:\n        detector = Detector.objects.get(id=detector_id)\n    except Detector.DoesNotExist:\n        return\n',
);

test('a warm run equals a cold one after each of a row of edits and when they are taken back', () => {
  const cwd = shop();
  const edits: readonly (readonly [string, string])[] = [
    ['shop/tasks.py', HANDLED],
    ['shop/tasks.py', TASK],
    ['shop/models.py', `${SHOP['shop/models.py']}\n\nclass Other(Detector):\n    pass\n`],
    [
      'shop/views.py',
      'from shop.tasks import process\n\n\ndef view(request):\n    process(request.GET["id"])\n',
    ],
    ['shop/models.py', SHOP['shop/models.py']],
    ['pyproject.toml', '[tool.danglint]\nignore = ["DNE101"]\n'],
    ['pyproject.toml', '[tool.ruff]\nline-length = 60\n'],
    [
      'tests/test_tasks.py',
      'def test_gone():\n    with pytest.raises(Detector.DoesNotExist):\n        process(1)\n',
    ],
    ['shop/tasks.py', '# \u00e9\n' + TASK],
    ['shop/tasks.py', TASK],
  ];
  expect(warm(cwd)).toEqual(cold(cwd));
  for (const [path, text] of edits) {
    put(cwd, path, text);
    expect(warm(cwd), `${path}: ${text}`).toEqual(cold(cwd));
    expect(warm(cwd), `${path} again`).toEqual(cold(cwd));
  }
  rmSync(join(cwd, 'shop/views.py'));
  expect(warm(cwd)).toEqual(cold(cwd));
});

test('a file that was written twice in the same moment, at the same size, is looked at again', () => {
  const cwd = shop();
  const path = join(cwd, 'shop/tasks.py');
  danglint([], { cwd });
  const other = TASK.replace('process', 'prozess');
  writeFileSync(path, other);
  expect(warm(cwd)).toEqual(cold(cwd));
});

describe('a cache that is broken', () => {
  const damage: Readonly<Record<string, (file: string) => void>> = {
    'cut off': (file) => truncateSync(file, 100),
    empty: (file) => writeFileSync(file, ''),
    'of something else': (file) => writeFileSync(file, '{"version": 9}\n'),
    'JSON of another kind': (file) =>
      writeFileSync(file, `${createHash('sha1').update('[1]').digest('hex')}\n[1]`),
    bytes: (file) => writeFileSync(file, Buffer.from([0, 255, 254, 10, 13])),
  };

  test.each(Object.keys(damage))('%s: the run is as without it, and mends it', (kind) => {
    const cwd = shop();
    const right = warm(cwd);
    for (const file of [...answersOf(cwd), join(cacheOf(cwd), 'files.json')]) damage[kind]?.(file);
    expect(warm(cwd)).toEqual(right);
    kept(cwd);
    expect(warm(cwd).stdout).toContain('WAS KEPT');
  });

  test('a folder that cannot be made', () => {
    const cwd = shop();
    expect(warm(cwd, '--cache-dir', '/proc/nowhere/x')).toEqual(cold(cwd));
    expect(warm(cwd, '--cache-dir', 'manage.py/x')).toEqual(cold(cwd));
    expect(warm(cwd, '--cache-dir', 'a/b/c')).toEqual(cold(cwd));
    expect(readdirSync(join(cwd, 'a/b/c'))).toContain('CACHEDIR.TAG');
  });

  test('a folder that another tool or a person has is left alone', () => {
    const cwd = shop({ 'mine/notes.txt': 'keep' });
    expect(warm(cwd, '--cache-dir', 'mine')).toEqual(cold(cwd));
    expect(readdirSync(join(cwd, 'mine'))).toEqual(['notes.txt']);
    expect(warm(cwd, '--cache-dir', 'manage.py')).toEqual(cold(cwd));
    expect(danglint(['clean', '--cache-dir', 'mine'], { cwd })).toMatchObject({
      code: 0,
      stderr: 'No cache in mine.\n',
    });
    expect(readdirSync(join(cwd, 'mine'))).toEqual(['notes.txt']);
  });
});

test('--no-cache and DANGLINT_NO_CACHE leave no trace; clean removes what others left', () => {
  const cwd = shop();
  cold(cwd);
  danglint([], { cwd, env: { DANGLINT_NO_CACHE: '1' } });
  danglint(['--diff'], { cwd });
  expect(existsSync(cacheOf(cwd))).toBe(false);
  warm(cwd);
  expect(readFileSync(join(cacheOf(cwd), 'CACHEDIR.TAG'), 'utf8')).toMatch(
    /^Signature: 8a477f597d28d172789f06886806bc55\n/,
  );
  expect(readFileSync(join(cacheOf(cwd), '.gitignore'), 'utf8')).toBe('*\n');
  expect(danglint(['clean'], { cwd }).stderr).toBe('Removed .danglint_cache.\n');
  expect(existsSync(cacheOf(cwd))).toBe(false);
  warm(cwd, '--cache-dir', 'other');
  expect(danglint(['clean'], { cwd, env: { DANGLINT_CACHE_DIR: 'other' } }).stderr).toBe('Removed other.\n');
});

test('the last few answers are kept, not all', () => {
  const cwd = shop();
  for (let i = 0; i < 18; i++) warm(cwd, '--config', `fix.line-length = ${60 + i}`);
  expect(answersOf(cwd)).toHaveLength(16);
});

test('processes at the same time get the right answer each, and leave a whole cache', async () => {
  const cwd = shop();
  const right = cold(cwd).stdout;
  const runs = [1, 2, 3, 4].map(
    () =>
      new Promise<string>((resolve) => {
        const child = start([], cwd);
        let text = '';
        child.stdout?.on('data', (part: Buffer) => (text += part.toString()));
        child.on('close', () => resolve(text));
      }),
  );
  expect(await Promise.all(runs)).toEqual([right, right, right, right]);
  kept(cwd);
  expect(warm(cwd).stdout).toContain('WAS KEPT');
  expect(readdirSync(cacheOf(cwd)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});
