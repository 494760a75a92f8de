import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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

test('what asks a daemon loads little of the bundle, and not the analysis', () => {
  ensureBuilt();
  const dist = fileURLToPath(new URL('../../dist', import.meta.url));
  const loaded = new Set(['danglint.js']);
  for (const file of loaded) {
    const text = readFileSync(join(dist, file), 'utf8');
    for (const [, name] of text.matchAll(/^(?:import|\} from) "\.\/([^"]+)";$/gm)) if (name) loaded.add(name);
  }
  const bytes = [...loaded].reduce((sum, file) => sum + readFileSync(join(dist, file)).length, 0);
  expect(loaded.size).toBeGreaterThan(3);
  expect(bytes).toBeLessThan(64 * 1024);
});
