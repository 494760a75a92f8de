import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { projectRoot } from './root.ts';

let top = '';
beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'danglint-root-')));
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

function write(...paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(top, path)), { recursive: true });
    writeFileSync(join(top, path), '');
  }
}

/** The root below `top`, and whether all of it is loaded. */
function root(paths: readonly string[], config: string | null = null): readonly [string, boolean] {
  const found = projectRoot(
    paths.map((path) => join(top, path)),
    config === null ? null : join(top, config),
  );
  return [found.root.slice(top.length + 1), found.wholeRoot];
}

test('the folder of the configuration file', () => {
  write('proj/danglint.toml', 'proj/app/manage.py', 'proj/app/x.py');
  expect(root(['proj/app/x.py'], 'proj/danglint.toml')).toEqual(['proj', true]);
});

test('else the nearest folder that looks like a project', () => {
  write('proj/pyproject.toml', 'proj/src/manage.py', 'proj/src/app/x.py', 'proj/lib/y.py');
  expect(root(['proj/src/app'])).toEqual(['proj/src', true]);
  expect(root(['proj/lib/y.py'])).toEqual(['proj', true]);
});

test('paths of two projects: the folder above both', () => {
  write('both/a/manage.py', 'both/a/x.py', 'both/b/manage.py');
  expect(root(['both/a/x.py', 'both/b'])).toEqual(['both', true]);
});

test('no project at all: only what is named', () => {
  write('loose/x.py', 'loose/sub/y.py');
  expect(root(['loose/x.py'])).toEqual(['loose', false]);
  expect(root(['loose'])).toEqual(['loose', false]);
});

test('a missing path starts at the nearest folder that exists', () => {
  write('proj/manage.py');
  expect(root(['proj/no/such/file.py'])).toEqual(['proj', true]);
});

test('the home folder, the folder of temporary files and / are never a whole program', () => {
  expect(projectRoot([join(homedir(), 'x.py')], join(homedir(), '.danglint.toml')).wholeRoot).toBe(false);
  expect(projectRoot([tmpdir()], null).wholeRoot).toBe(false);
  expect(projectRoot(['/etc/x.py', '/usr/y.py'], null).wholeRoot).toBe(false);
});
