import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { ensureBuilt } from './build.ts';
import { fileOf, loadedWith } from './loaded.ts';

vi.setConfig({ testTimeout: 120_000 });

test('the package has what it tells of itself, and nothing that only builds need', () => {
  ensureBuilt();
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const run = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd,
    encoding: 'utf8',
  });
  const [packed]: readonly { files: readonly { path: string }[] }[] = JSON.parse(run.stdout);
  const paths = packed?.files.map(({ path }) => path) ?? [];
  expect(paths).toEqual(
    expect.arrayContaining([
      'README.md',
      'LICENSE',
      'dist/danglint.js',
      'dist/rules/task-argument-lookup.md',
    ]),
  );
  expect(paths.filter((path) => /tsbuildinfo|^dist\/types\/|\.map$|[^d]\.ts$/.test(path))).toEqual([]);
});

const bytesOf = (files: ReadonlyMap<string, string>): number =>
  [...files.values()].reduce((sum, text) => sum + text.length, 0);

test('what asks a daemon loads little of the bundle, and not the analysis', () => {
  const loaded = loadedWith('danglint.js');
  expect(loaded.size).toBeGreaterThan(1);
  expect(bytesOf(loaded)).toBeLessThan(64 * 1024);
});

test('a check that finds its answer loads neither the analysis nor the fixes', () => {
  const loaded = loadedWith(fileOf('check'));
  expect(loaded.size).toBeGreaterThan(1);
  expect(loaded.size).toBeLessThan(8);
  expect([...loaded].filter(([, text]) => /class Session\b/.test(text)).map(([file]) => file)).toEqual([]);
  expect(bytesOf(loaded)).toBeLessThan(512 * 1024);
  expect(bytesOf(loadedWith(fileOf('checking')))).toBeGreaterThan(1024 * 1024);
});
