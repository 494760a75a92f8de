import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { cleanUp, danglint, project } from './danglint.ts';
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
    const cwd = shop(commented('# danglint: ignore[DNE001]'));
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
