import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { cleanUp, danglint, project, put, shell } from './danglint.ts';
import { SHOP, TASK, TASK_BODY } from './samples.ts';

/** Each test starts processes; a busy machine is slow at that. */
vi.setConfig({ testTimeout: 120_000 });
afterAll(cleanUp);

const shop = (files: Readonly<Record<string, string>> = { 'shop/tasks.py': TASK }): string =>
  project({ ...SHOP, ...files });
const read = (cwd: string, path = 'shop/tasks.py'): string => readFileSync(join(cwd, path), 'utf8');
const SECOND = TASK_BODY.replace('process', 'second');

describe('--add-ignore', () => {
  test('writes a comment for every finding; a second run has nothing to do', () => {
    const cwd = shop({ 'shop/tasks.py': TASK + SECOND });
    const run = danglint(['--add-ignore=checked before it is queued', '.'], { cwd });
    expect([run.code, run.stderr]).toEqual([
      0,
      'Added comments for 2 findings in 1 file.\nAll checks passed!\n',
    ]);
    const comment = '# danglint: ignore[DNE101] checked before it is queued';
    const text = (TASK + SECOND).replaceAll(/^( *)detector = .*$/gm, `$1${comment}\n$&`);
    expect(read(cwd)).toBe(text);
    const again = danglint(['--add-ignore', '.'], { cwd });
    expect([again.code, read(cwd)]).toEqual([0, text]);
  });

  test('without a reason, at the end of the line; it does not go with --fix', () => {
    const cwd = shop();
    expect(danglint(['--add-ignore', '--fix'], { cwd }).stderr).toContain('cannot be used with `--fix`');
    danglint(['--add-ignore'], { cwd });
    expect(read(cwd)).toContain('Detector.objects.get(id=detector_id)  # danglint: ignore[DNE101]\n');
  });
});

describe('--baseline', () => {
  const FILE = '.danglint-baseline.json';

  test('known findings are not reported, moved and reformatted ones neither; new ones are', () => {
    const cwd = shop();
    const written = danglint(['--update-baseline'], { cwd });
    expect([written.code, written.stdout]).toEqual([0, '']);
    expect(written.stderr).toBe(`${FILE}: 1 finding (new).\n`);
    expect(read(cwd, FILE)).toMatch(
      /^ {4}\{"path": "shop\/tasks\.py", "code": "DNE101", "fp": "[0-9a-f]{16}", "count": 1\},$/m,
    );
    const known = danglint([], { cwd });
    expect([known.code, known.stdout]).toEqual([0, '']);
    expect(known.stderr).toContain('1 finding of the baseline is not shown.');
    put(
      cwd,
      'shop/tasks.py',
      `# moved\n${TASK.replace('(id=detector_id)', '(\n        id=detector_id,\n    )')}`,
    );
    expect(danglint([], { cwd }).code).toBe(0);
    put(
      cwd,
      'shop/tasks.py',
      TASK.replace('    detector.save()\n', '    Detector.objects.get(id=detector_id)\n') + SECOND,
    );
    const fresh = danglint(['--output-format', 'concise'], { cwd });
    expect(fresh.stdout.split('\n').map((line) => line.split(':')[1])).toEqual(['9', '14', undefined]);
    expect(
      danglint(['--no-baseline', '--output-format', 'concise'], { cwd }).stdout.match(/DNE101/g),
    ).toHaveLength(3);
  });

  test('a renamed file keeps its entries', () => {
    const cwd = shop();
    danglint(['--update-baseline'], { cwd });
    renameSync(join(cwd, 'shop/tasks.py'), join(cwd, 'shop/jobs.py'));
    const run = danglint([], { cwd });
    expect([run.code, run.stderr]).toEqual([
      0,
      'All checks passed!\n1 finding of the baseline is not shown.\n',
    ]);
    put(cwd, 'shop/more.py', TASK);
    expect(danglint(['-q', '--output-format', 'concise'], { cwd }).stdout.split('\n')).toHaveLength(2);
  });

  test('--fix leaves known findings alone', () => {
    const cwd = shop();
    danglint(['--update-baseline'], { cwd });
    put(cwd, 'shop/tasks.py', TASK + SECOND);
    expect(danglint(['--fix'], { cwd }).code).toBe(0);
    expect(read(cwd)).toContain(TASK_BODY);
    expect(read(cwd)).not.toContain(SECOND);
  });

  test('stale entries: a warning, exit 0; --fail-level info counts them; --update-baseline drops them', () => {
    const cwd = shop({ 'shop/tasks.py': TASK, 'shop/more.py': TASK });
    danglint(['--update-baseline'], { cwd });
    put(cwd, 'shop/tasks.py', '');
    const run = danglint([], { cwd });
    expect(run.code).toBe(0);
    expect(run.stderr).toContain(
      'warning: the baseline lists 1 finding that is gone; `--update-baseline` drops them',
    );
    expect(danglint(['--fail-level', 'info'], { cwd }).code).toBe(1);
    expect(danglint(['shop/more.py'], { cwd }).stderr).not.toContain('gone');
    expect(danglint(['--select', 'DNE2'], { cwd }).stderr).not.toContain('gone');
    danglint(['--update-baseline', 'shop/more.py'], { cwd });
    expect(read(cwd, FILE)).toContain('shop/tasks.py');
    danglint(['--update-baseline'], { cwd });
    expect(read(cwd, FILE)).not.toContain('shop/tasks.py');
  });

  test('a named file, from the command line and from the configuration', () => {
    const cwd = shop();
    danglint(['--update-baseline', '--baseline', 'known.json', '.'], { cwd });
    expect([existsSync(join(cwd, 'known.json')), existsSync(join(cwd, FILE))]).toEqual([true, false]);
    expect(danglint(['--baseline=known.json'], { cwd }).code).toBe(0);
    put(cwd, 'danglint.toml', 'baseline = "known.json"\n');
    expect(danglint(['shop'], { cwd: cwd }).code).toBe(0);
    expect(danglint(['tasks.py'], { cwd: join(cwd, 'shop') }).code).toBe(0);
  });

  test.each([
    ['{', 'Expected property name'],
    ['[]', 'it is no object with `version` and `findings`'],
    ['{"version": 2, "findings": {}}', 'its version is 2; this danglint reads version 1'],
    ['{"version": 1, "findings": {}}', '`findings` is no list'],
    ['{"version": 1, "findings": ["00", {"fp": 1}]}', 'not {"fp":1}'],
    ['<<<<<<< HEAD\n', 'it holds conflict markers of git'],
  ])('%s cannot be read: exit 2, and what to do', (text, why) => {
    const cwd = shop({ [FILE]: text });
    const run = danglint([], { cwd });
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain(why);
    expect(run.stderr).toContain('--no-baseline');
    expect(danglint(['--no-baseline'], { cwd }).code).toBe(0);
  });

  test('--fix and --diff say what they would do to known findings', () => {
    const cwd = shop();
    danglint(['--update-baseline'], { cwd });
    expect(danglint(['--fix'], { cwd }).stderr).toContain(
      '1 finding of the baseline can be fixed too, with `--no-baseline --fix`.',
    );
    expect(danglint(['--diff'], { cwd }).stderr).toContain('with `--no-baseline --diff`.');
    expect(danglint(['--no-baseline', '--fix'], { cwd }).stderr).toContain('Fixed 1 error');
    expect(danglint(['--fix'], { cwd }).stderr).not.toContain('can be fixed too');
  });

  test('two branches that fix different findings merge without a conflict', () => {
    const files = ['a', 'b', 'c'].map((name) => [`shop/${name}.py`, TASK.replace('process', name)] as const);
    const cwd = shop(Object.fromEntries(files));
    const git = 'git -c user.name=t -c user.email=t@example.org';
    const branch = (name: string): string =>
      `git checkout -qb no-${name} start && rm shop/${name}.py && danglint --update-baseline -q && ${git} commit -qam ${name}`;
    const run = shell(
      `git init -q && danglint --update-baseline -q && git add . && ${git} commit -qm start && git tag start &&
       ${branch('a')} && ${branch('b')} && ${git} merge -q --no-edit no-a && danglint --fail-level info`,
      cwd,
    );
    expect([run.code, run.stderr]).toEqual([
      0,
      'All checks passed!\n1 finding of the baseline is not shown.\n',
    ]);
  });

  test('a conflict in it: --update-baseline goes on from both sides', () => {
    const cwd = shop({ 'shop/a.py': TASK, 'shop/b.py': TASK });
    danglint(['--update-baseline'], { cwd });
    const lines = read(cwd, FILE).split('\n');
    const [one = '', two = ''] = lines.filter((line) => line.includes('"fp"'));
    const rest = lines.filter((line) => line !== one && line !== two);
    const conflict = ['<<<<<<< HEAD', one, '=======', two, '>>>>>>> other'];
    put(cwd, FILE, [...rest.slice(0, 4), ...conflict, ...rest.slice(4)].join('\n'));
    expect(danglint([], { cwd }).stderr).toContain('it holds conflict markers of git');
    expect(danglint(['--update-baseline', 'shop/models.py'], { cwd }).code).toBe(0);
    expect(read(cwd, FILE)).toBe(lines.join('\n'));
  });

  test('one that was named must exist', () => {
    const run = danglint(['--baseline', '.'], { cwd: shop() });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('no such baseline: .danglint-baseline.json (from --baseline)');
  });
});
