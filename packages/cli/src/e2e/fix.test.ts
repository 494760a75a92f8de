import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { cleanUp, danglint, project, put, shell } from './danglint.ts';
import { SHOP, TASK } from './samples.ts';

/** Each test starts processes; a busy machine is slow at that. */
vi.setConfig({ testTimeout: 120_000 });
afterAll(cleanUp);

/** A lookup whose fix is unsafe: nobody knows what callers do with None. */
const GETTER = `from shop.models import Detector


def detector_of(pk):
    detector = Detector.objects.get(id=pk)
    return detector
`;

const shop = (files: Readonly<Record<string, string | Uint8Array>> = { 'shop/tasks.py': TASK }): string =>
  project({ ...SHOP, ...files });
const read = (cwd: string, path = 'shop/tasks.py'): string => readFileSync(join(cwd, path), 'utf8');

describe('--fix', () => {
  test('answers the missing row, says so, and exits with 0', () => {
    const cwd = shop();
    const run = danglint(['--fix'], { cwd });
    expect([run.code, run.stdout]).toEqual([0, '']);
    expect(run.stderr).toBe('Fixed 1 error.\nAll checks passed!\n');
    expect(read(cwd)).toContain(
      'detector = Detector.objects.filter(id=detector_id).first()\n    if detector is None:',
    );
  });

  test('a second run changes nothing', () => {
    const cwd = shop();
    danglint(['--fix', '--unsafe-fixes'], { cwd });
    const once = read(cwd);
    const again = danglint(['--fix', '--unsafe-fixes'], { cwd });
    expect([again.code, again.stderr, read(cwd)]).toEqual([0, 'All checks passed!\n', once]);
  });

  test('leaves unsafe fixes to --unsafe-fixes, and says that they are there', () => {
    const cwd = shop({ 'shop/get.py': GETTER, 'shop/tasks.py': TASK });
    const safe = danglint(['--fix'], { cwd });
    expect([safe.code, read(cwd, 'shop/get.py')]).toEqual([1, GETTER]);
    expect(safe.stderr).toContain('Fixed 1 error (1 additional fix available with `--unsafe-fixes`).');
    const unsafe = danglint(['--fix', '--unsafe-fixes'], { cwd });
    expect(read(cwd, 'shop/get.py')).not.toBe(GETTER);
    expect(unsafe.code).toBe(0);
  });

  test('a fix is unsafe where a test that is left out expects the exception', () => {
    const test = (name: string): string =>
      `def test():\n    with pytest.raises(Detector.DoesNotExist):\n        ${name}(5)\n`;
    const fixed = shop({ 'shop/tasks.py': TASK, 'shop/tests/test_tasks.py': test('other') });
    expect(danglint(['--fix'], { cwd: fixed }).code).toBe(0);
    const task = /def (\w+)\(/.exec(TASK)?.[1] ?? '';
    const pinned = shop({ 'shop/tasks.py': TASK, 'shop/tests/test_tasks.py': test(task) });
    const run = danglint(['--fix', '--output-format', 'json'], { cwd: pinned });
    expect([run.code, read(pinned)]).toEqual([1, TASK]);
    expect(run.stdout).toContain('a test expects the exception (`shop/tests/test_tasks.py:2`)');
  });

  test('--fix-only reports nothing, --exit-non-zero-on-fix tells that something changed, --show-fixes lists', () => {
    const both = { 'shop/get.py': GETTER, 'shop/tasks.py': TASK };
    const only = danglint(['--fix-only'], { cwd: shop(both) });
    expect([only.code, only.stdout]).toEqual([0, '']);
    expect(danglint(['--fix', '--exit-non-zero-on-fix'], { cwd: shop() }).code).toBe(1);
    const listed = danglint(['--fix', '--show-fixes'], { cwd: shop() });
    expect(listed.stderr).toContain(
      '- shop/tasks.py:\n    1 × DNE101 (task-argument-lookup)\nFixed 1 error.',
    );
  });

  test('settings decide what may be fixed', () => {
    const fixed = (...args: readonly string[]): boolean => {
      const cwd = shop();
      danglint(['--fix', ...args], { cwd });
      return read(cwd) !== TASK;
    };
    expect(fixed('--unfixable', 'DNE1')).toBe(false);
    expect(fixed('--fixable', 'DNE101')).toBe(true);
    expect(fixed('--ignore', 'ALL')).toBe(false);
    expect(fixed('--no-fix')).toBe(false);
    expect(fixed('--config', 'lint.per-file-ignores = { "tasks.py" = ["ALL"] }')).toBe(false);
    expect(fixed('--config', 'lint.extend-unsafe-fixes = ["DNE101"]')).toBe(false);
    const vouched = shop({ 'shop/get.py': GETTER });
    danglint(['--fix', '--config', 'lint.extend-safe-fixes = ["DNE001"]'], { cwd: vouched });
    expect(read(vouched, 'shop/get.py')).not.toBe(GETTER);
  });

  test('only files below the given paths are fixed', () => {
    const cwd = shop({ 'shop/tasks.py': TASK, 'shop/more.py': TASK });
    danglint(['--fix', 'shop/more.py'], { cwd });
    expect([read(cwd) === TASK, read(cwd, 'shop/more.py') === TASK]).toEqual([true, false]);
  });

  test('a finding that a comment keeps quiet is not fixed', () => {
    const quiet = TASK.replace('id=detector_id)', 'id=detector_id)  # danglint: ignore[DNE101] it is there');
    const cwd = shop({ 'shop/tasks.py': quiet });
    expect(danglint(['--fix'], { cwd }).code).toBe(0);
    expect(read(cwd)).toBe(quiet);
    expect(danglint(['--ignore-noqa'], { cwd }).code).toBe(1);
  });
});

describe('bytes that must stay', () => {
  test.each([
    ['Windows newlines', Buffer.from(TASK.replaceAll('\n', '\r\n'))],
    ['no newline at the end', Buffer.from(TASK.trimEnd())],
    ['a byte order mark', Buffer.from(`\ufeff${TASK}`)],
    ['latin-1', Buffer.from(`# coding: latin-1\n# caf\xe9\n${TASK}`, 'latin1')],
    ['tabs', Buffer.from(TASK.replaceAll('    ', '\t'))],
  ])('%s: --fix keeps them, and --diff | git apply writes the same', (_, bytes) => {
    const cwd = shop({ 'shop/tasks.py': bytes });
    chmodSync(join(cwd, 'shop/tasks.py'), 0o640);
    const copy = project({});
    cpSync(cwd, copy, { recursive: true });
    expect(danglint(['--fix'], { cwd }).code).toBe(0);
    const fixed = readFileSync(join(cwd, 'shop/tasks.py'));
    const patch = danglint(['--diff'], { cwd: copy });
    const apply = spawnSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: copy, input: patch.bytes });
    expect([apply.status, apply.stderr.toString()]).toEqual([0, '']);
    expect(readFileSync(join(copy, 'shop/tasks.py')).equals(fixed)).toBe(true);
    expect(statSync(join(cwd, 'shop/tasks.py')).mode & 0o777).toBe(0o640);
    const shape = (text: Buffer): unknown => ({
      mark: text.subarray(0, 3).toString('hex') === 'efbbbf',
      windows: text.includes('\r\n'),
      unix: /(^|[^\r])\n/.test(text.toString('latin1')),
      newlineAtEnd: text.at(-1) === 10,
      coding: text.toString('latin1').startsWith('# coding: latin-1\n# caf\xe9\n'),
    });
    expect(shape(fixed)).toEqual(shape(bytes));
  });
});

describe('--diff', () => {
  test('writes nothing, prints a diff and nothing else, exits with 1', () => {
    const cwd = shop();
    const run = danglint(['--diff'], { cwd });
    expect([run.code, read(cwd)]).toEqual([1, TASK]);
    expect(run.stdout).toMatch(/^--- a\/shop\/tasks\.py\n\+\+\+ b\/shop\/tasks\.py\n@@ /);
    expect(run.stderr).toBe('Would fix 1 error.\n');
  });

  test('exits with 0 when there is nothing to fix', () => {
    const run = danglint(['--diff'], { cwd: shop({ 'shop/get.py': GETTER }) });
    expect([run.code, run.stdout]).toEqual([0, '']);
    expect(run.stderr).toBe('No errors would be fixed (1 fix available with `--unsafe-fixes`).\n');
  });

  test('is stronger than a configured fix', () => {
    const cwd = shop();
    put(cwd, 'danglint.toml', 'fix = true\n');
    danglint(['--diff'], { cwd });
    expect(read(cwd)).toBe(TASK);
  });

  test('applies from a folder below the root', () => {
    const cwd = shop();
    const run = shell('git init -q . && cd shop && danglint --diff | git apply - && danglint', cwd);
    expect(run.stderr).toContain('All checks passed!');
    expect(run.code).toBe(0);
  });
});

describe('standard input', () => {
  test('the fixed source goes to standard output, the rest to standard error', () => {
    const cwd = shop({ 'shop/tasks.py': 'untouched = 1\n' });
    const run = danglint(['--fix', '-', '--stdin-filename', 'shop/tasks.py'], { cwd, input: TASK });
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('if detector is None:');
    expect(run.stdout.endsWith('    detector.save()\n')).toBe(true);
    expect(run.stderr).toContain('Fixed 1 error.');
    expect(read(cwd)).toBe('untouched = 1\n');
  });

  test('what cannot be fixed comes back as it was, findings on standard error', () => {
    const cwd = shop();
    const run = danglint(['--fix', '-', '--stdin-filename', 'shop/get.py'], { cwd, input: GETTER });
    expect([run.code, run.stdout]).toEqual([1, GETTER]);
    expect(run.stderr).toContain('DNE001');
    const only = danglint(['--fix-only', '-', '--stdin-filename', 'shop/get.py'], { cwd, input: GETTER });
    expect([only.code, only.stdout]).toEqual([0, GETTER]);
  });

  test('bytes that are no Python text come back too', () => {
    const input = Buffer.from([0x78, 0, 0xff, 10]);
    const run = danglint(['--fix-only', '-'], { cwd: shop(), input });
    expect(run.bytes.equals(input)).toBe(true);
  });

  test('--diff', () => {
    const run = danglint(['--diff', '-', '--stdin-filename', 'shop/tasks.py'], { cwd: shop(), input: TASK });
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/^--- a\/shop\/tasks\.py\n/);
  });
});

describe('files that cannot be written', () => {
  test('--diff shows what --fix would do: a read-only file is named, not changed', () => {
    const cwd = shop({ 'shop/tasks.py': TASK, 'shop/more.py': TASK });
    chmodSync(join(cwd, 'shop/tasks.py'), 0o444);
    const run = danglint(['--diff'], { cwd });
    expect(run.stdout.match(/^--- .*$/gm)).toEqual(['--- a/shop/more.py']);
    expect(run.stderr).toContain('danglint: warning: shop/tasks.py cannot be fixed: the file is read-only');
    expect(run.stderr).toContain('Would fix 1 error');
  });

  test('a read-only file is left alone, named, and its finding stays', () => {
    const cwd = shop({ 'shop/tasks.py': TASK, 'shop/more.py': TASK });
    chmodSync(join(cwd, 'shop/tasks.py'), 0o444);
    const run = danglint(['--fix', '--output-format', 'concise'], { cwd });
    expect(run.code).toBe(1);
    expect(read(cwd)).toBe(TASK);
    expect(run.stderr).toContain('danglint: warning: shop/tasks.py was not fixed: the file is read-only');
    expect(run.stderr).toContain('Fixed 1 error.');
    expect(run.stdout).toMatch(/^shop\/tasks\.py:8:16: DNE101 /);
    expect(readdirSync(join(cwd, 'shop')).toSorted()).toEqual([
      '__init__.py',
      'models.py',
      'more.py',
      'tasks.py',
    ]);
  });

  test.runIf(process.platform !== 'win32')('a file that changed after it was read is left alone', () => {
    const cwd = shop();
    // Files are read in order: when the pipe is opened for reading, shop/tasks.py has been read.
    const script = `mkfifo zz.py; danglint --fix shop zz.py > out.txt & pid=$!
      exec 3> zz.py; echo '# changed' >> shop/tasks.py; echo 'x = 1' >&3; exec 3>&-; wait $pid; echo "code $?"`;
    const run = shell(script, cwd);
    expect(run.stdout).toBe('code 1\n');
    expect(run.stderr).toContain(
      'shop/tasks.py was not fixed: the file changed while it was checked; run again',
    );
    expect(read(cwd)).toBe(`${TASK}# changed\n`);
  });

  test.runIf(process.platform !== 'win32')('no space for the new text: the old one stays, whole', () => {
    const cwd = shop();
    const run = shell("trap '' XFSZ; ulimit -f 0; danglint --fix | cat; exit ${PIPESTATUS[0]}", cwd);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain(
      'shop/tasks.py was not fixed: could not be written: the file would be larger',
    );
    expect(read(cwd)).toBe(TASK);
    expect(readdirSync(join(cwd, 'shop')).toSorted()).toEqual(['__init__.py', 'models.py', 'tasks.py']);
  });

  test('a broken file is not made worse', () => {
    const broken = `${TASK}\n\ndef broken(:\n    pass\n`;
    const cwd = shop({ 'shop/tasks.py': broken });
    const run = danglint(['--fix', '--output-format', 'concise'], { cwd });
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('DNE902');
    expect(read(cwd).endsWith('\n\ndef broken(:\n    pass\n')).toBe(true);
  });
});

test('the star and the summary tell what --fix would do', () => {
  const cwd = shop({ 'shop/get.py': GETTER, 'shop/tasks.py': TASK });
  const run = danglint(['--output-format', 'concise'], { cwd });
  expect(run.stdout).toMatch(/^shop\/tasks\.py:8:16: DNE101 \[\*\] /m);
  expect(run.stdout).toMatch(/^shop\/get\.py:5:16: DNE001 `/m);
  expect(run.stderr).toBe(
    'Found 1 error and 1 warning.\n[*] 1 fixable with `--fix` (1 unsafe fix available with `--fix --unsafe-fixes`, if callers can take `None`).\n',
  );
});
