import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { ensureBuilt } from './build.ts';

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
