import { afterAll, describe, expect, test, vi } from 'vitest';
import { cleanUp, danglint, project } from './danglint.ts';
import { SHOP, TASK } from './samples.ts';

/** Each test starts processes; a busy machine is slow at that. */
vi.setConfig({ testTimeout: 120_000 });
afterAll(cleanUp);

const HANDLED = `from shop.models import Detector


def name_of(pk):
    try:
        return Detector.objects.get(id=pk).name
    except Detector.DoesNotExist:
        return None
`;

const shop = (): string => project({ ...SHOP, 'shop/tasks.py': TASK, 'shop/names.py': HANDLED });

describe('lookups', () => {
  test('lists every lookup with its verdict, reported or not', () => {
    const run = danglint(['lookups'], { cwd: shop() });
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(
      /^shop\/names\.py:\n {2}shop\/names\.py:6:16 handled Detector get .*`except Detector\.DoesNotExist`/m,
    );
    expect(run.stdout).toMatch(
      /^ {2}shop\/tasks\.py:8:16 escapes Detector get \[task-argument\]: task `process`$/m,
    );
    expect(run.stderr).toBe('2 lookups: 1 escape, 1 handled.\n');
  });

  test('by model, in some files, as JSON', () => {
    const cwd = shop();
    expect(danglint(['lookups', '--by', 'model'], { cwd }).stdout).toMatch(/^Detector:\n/);
    const data: unknown = JSON.parse(
      danglint(['lookups', 'shop/tasks.py', '--output-format', 'json'], { cwd }).stdout,
    );
    expect(data).toMatchObject([
      {
        filename: `${cwd}/shop/tasks.py`,
        location: { row: 8, column: 16 },
        model: 'Detector',
        verdict: 'escapes',
        entry: { kind: 'task', function: 'process' },
        origins: [{ kind: 'task-argument' }],
      },
    ]);
  });
});

describe('explain', () => {
  test('a reported line: model, key, verdict, rule, and the evidence as code', () => {
    const run = danglint(['explain', 'shop/tasks.py:8'], { cwd: shop() });
    expect(run.code).toBe(0);
    for (const line of [
      'model      Detector',
      'verdict    escapes: task `process`',
      'reported   DNE101 task-argument-lookup, error',
    ]) {
      expect(run.stdout).toContain(line);
    }
    expect(run.stdout).toMatch(/^8 \| {5}detector = Detector\.objects\.get\(id=detector_id\)$/m);
  });

  test('a line that is not reported says who answers', () => {
    const run = danglint(['explain', 'shop/names.py:6:20'], { cwd: shop() });
    expect(run.stdout).toContain('verdict    handled: `except Detector.DoesNotExist` in `name_of`');
    expect(run.stdout).toContain('reported   no');
  });

  test('nothing is said twice: callers by their name, fixes of one meaning', () => {
    const caller = `${TASK}\n\ndef run_all():\n    process(3)\n`;
    const cwd = project({ ...SHOP, 'shop/tasks.py': caller.replace('@shared_task\n', '') });
    const { stdout } = danglint(['explain', 'shop/tasks.py:7'], { cwd });
    expect(stdout).toMatch(/-+ `run_all` calls `process`$/m);
    const fixes = stdout.split('\n').filter((line) => /^ {2}fix /.test(line));
    expect(fixes).toHaveLength(1);
    expect(fixes[0]).toContain('in 2 shapes');
  });

  test('a line that is evidence explains the lookups that rest on it', () => {
    const run = danglint(['explain', 'shop/names.py:7'], { cwd: shop() });
    expect(run.stdout).toContain('shop/names.py:6:16');
  });

  const FIRST = `from shop.models import Detector


def name_of(pk):
    found = Detector.objects.filter(pk=pk).first()
    return found.name
`;

  test('a finding that is none of a lookup: what it says, the key, what the line rests on', () => {
    const cwd = project({ ...SHOP, 'shop/first.py': FIRST });
    const run = danglint(['explain', 'shop/first.py:6'], { cwd });
    for (const line of ['finding    `found` may be `None`', 'model      Detector', 'reported   DNE007'])
      expect(run.stdout).toContain(line);
    expect(run.stdout).toMatch(/-+ `first` gives `None` when there is no row$/m);
    expect(danglint(['explain', 'shop/first.py:5'], { cwd }).stdout).toContain('shop/first.py:6:12');
  });

  test('a comment or a setting that keeps a finding quiet is named', () => {
    const quiet = FIRST.replace('found.name', 'found.name  # noqa: DNE007');
    const cwd = project({ ...SHOP, 'shop/tasks.py': TASK, 'shop/first.py': quiet });
    const { stdout } = danglint(['explain', 'shop/first.py:6'], { cwd });
    expect(stdout).toContain('reported   no: DNE007 is kept quiet by `# noqa: DNE007` on line 6');
    const config = 'lint.per-file-ignores = { "shop/tasks.py" = ["DNE101"] }';
    const other = danglint(['explain', 'shop/tasks.py:8', '--config', config], { cwd });
    expect(other.stdout).toContain('reported   no: `per-file-ignores` leaves DNE101 out of this file');
  });

  test('a line without a lookup', () => {
    const run = danglint(['explain', 'shop/tasks.py:1'], { cwd: shop() });
    expect([run.code, run.stdout]).toEqual([
      0,
      'shop/tasks.py:1: no lookup that danglint knows stands here; the nearest is on line 8.\n',
    ]);
  });

  test('a file that is not there', () => {
    const run = danglint(['explain', 'shop/nope.py:1'], { cwd: shop() });
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain('the file cannot be read');
  });
});
