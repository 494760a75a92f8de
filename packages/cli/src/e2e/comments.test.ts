import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { cleanUp, danglint, project, put } from './danglint.ts';
import { SHOP, TASK } from './samples.ts';

/** Each test starts processes; a busy machine is slow at that. */
vi.setConfig({ testTimeout: 120_000 });
afterAll(cleanUp);

const GET = 'Detector.objects.get(id=detector_id)';
const commented = (comment: string): string => TASK.replace(GET, `${GET}  ${comment}`);
const shop = (tasks: string): string => project({ ...SHOP, 'shop/tasks.py': tasks });
const read = (cwd: string): string => readFileSync(join(cwd, 'shop/tasks.py'), 'utf8');
const lines = (cwd: string, ...args: readonly string[]): readonly string[] =>
  danglint(['--output-format', 'concise', ...args], { cwd })
    .stdout.split('\n')
    .filter((line) => line !== '');

describe('DNE900', () => {
  const SAVED = TASK.replace('detector.save()', 'detector.save()  # danglint: ignore[DNE101] gone');

  test('a comment that keeps nothing quiet is reported, and its fix removes it', () => {
    const cwd = shop(SAVED);
    expect(lines(cwd, '--select', 'DNE9')).toEqual([]);
    expect(lines(cwd)[1]).toBe(
      'shop/tasks.py:9:22: DNE900 [*] unused `# danglint: ignore[DNE101]`: there is no such finding',
    );
    danglint(['--fix', '--fixable', 'DNE900'], { cwd });
    expect(read(cwd)).toBe(TASK);
  });

  test('nothing is said of rules that did not run, of files that are broken, of other tools and of strings', () => {
    expect(lines(shop(SAVED), '--select', 'DNE2')).toEqual([]);
    const broken = lines(shop(`${SAVED}\ndef f(:\n`)).join('\n');
    expect([broken.includes('DNE902'), broken.includes('DNE900')]).toEqual([true, false]);
    expect(lines(shop('x = 1  # noqa\ny = 1  # noqa: E501\n'))).toEqual([]);
    expect(
      lines(shop('x = """\n# danglint: ignore[DNE999]\n"""\ny = "# danglint: ignore[DNE001]"\n')),
    ).toEqual([]);
  });

  test('only a comment that names it keeps it quiet', () => {
    expect(lines(shop('x = 1  # danglint: ignore\n'))).toHaveLength(1);
    expect(lines(shop('# danglint: file-ignore[DNE900]\nx = 1  # danglint: ignore\n'))).toEqual([]);
  });

  test('--fix of the lookup takes the comment along that had kept another rule quiet', () => {
    const cwd = shop(commented('# danglint: ignore[DNE403]'));
    expect(danglint(['--fix'], { cwd }).code).toBe(0);
    expect(read(cwd)).not.toContain('danglint');
  });
});

test('DNE903: a code that no rule has', () => {
  expect(lines(shop('x = 1  # danglint: ignore[DNE999]\ny = 1  # noqa: E501, DNE998\n'))).toEqual([
    'shop/tasks.py:1:27: DNE903 no rule is called `DNE999`',
    'shop/tasks.py:2:22: DNE903 no rule is called `DNE998`',
  ]);
});

test('DNE903: a directive of no known form keeps nothing quiet, and its right form is told', () => {
  const [unknown, finding] = lines(
    shop(TASK.replace('    detector =', '    # danglint: disable-next-line[DNE101]\n$&')),
  );
  expect(unknown).toBe(
    'shop/tasks.py:8:5: DNE903 `# danglint: disable-next-line[DNE101]` is no comment that danglint knows and keeps nothing quiet; write `# danglint: ignore[DNE101]` on a line of its own above',
  );
  expect(finding).toContain('shop/tasks.py:9:16: DNE101');
});

describe('a finding that several rules fit', () => {
  const DOMAIN = '[[domains]]\nname = "shop"\nmodels = ["Detector"]\npaths = ["shop/**"]\n';

  test('is gone when its rule is switched off, wherever that is said', () => {
    const cwd = shop(TASK);
    expect(lines(cwd, '--ignore', 'DNE101')).toEqual([]);
    expect(lines(cwd, '--config', 'rules.DNE101 = "ignore"')).toEqual([]);
    expect(lines(cwd, '--per-file-ignores', 'shop/**:DNE101')).toEqual([]);
    expect(lines(shop(commented('# danglint: ignore[DNE101]')), '--ignore', 'DNE101')).toEqual([]);
  });

  test('is told by the next rule where its own was not selected', () => {
    const cwd = shop(TASK);
    expect(lines(cwd, '--select', 'DNE001').join()).toContain('DNE001');
    expect(lines(cwd, '--select', 'DNE001', '--ignore', 'ALL').join()).toContain('DNE001');
  });

  test('stays quiet by a comment or a baseline that names the other rule', () => {
    const quiet = shop(commented('# danglint: ignore[DNE101]'));
    put(quiet, 'danglint.toml', DOMAIN);
    expect([lines(quiet), lines(quiet, '--select', 'DNE0')]).toEqual([[], []]);
    const listed = shop(TASK);
    danglint(['--update-baseline'], { cwd: listed });
    put(listed, 'danglint.toml', DOMAIN);
    const run = danglint([], { cwd: listed });
    expect([run.code, run.stdout, run.stderr]).toEqual([
      0,
      '',
      'All checks passed!\n1 finding of the baseline is not shown.\n',
    ]);
    expect(lines(listed, '--no-baseline').join()).toContain('DNE119');
  });
});
