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

/** The root below `top`, and the folder that is loaded whole. */
function root(paths: readonly string[], config: string | null = null): readonly [string, string | null] {
  const found = projectRoot(
    paths.map((path) => join(top, path)),
    config === null ? null : join(top, config),
  );
  return [found.root.slice(top.length + 1), found.program?.slice(top.length + 1) ?? null];
}

test('the folder of the configuration file', () => {
  write('proj/danglint.toml', 'proj/app/manage.py', 'proj/app/x.py');
  expect(root(['proj/app/x.py'], 'proj/danglint.toml')).toEqual(['proj', 'proj']);
});

test('else the nearest folder that looks like a project', () => {
  write('proj/pyproject.toml', 'proj/src/manage.py', 'proj/src/app/x.py', 'proj/lib/y.py');
  expect(root(['proj/src/app'])).toEqual(['proj/src', 'proj/src']);
  expect(root(['proj/lib/y.py'])).toEqual(['proj', 'proj']);
});

test("a package's own module manage.py marks nothing", () => {
  write('proj/setup.py', 'proj/shop/models/__init__.py', 'proj/shop/models/manage.py');
  expect(root(['proj/shop/models/manage.py'])).toEqual(['proj', 'proj']);
});

test('paths of two projects: the folder above both', () => {
  write('both/a/manage.py', 'both/a/x.py', 'both/b/manage.py');
  expect(root(['both/a/x.py', 'both/b'])).toEqual(['both', 'both']);
});

test('no project at all: only what is named', () => {
  write('loose/x.py', 'loose/sub/y.py');
  expect(root(['loose/x.py'])).toEqual(['loose', null]);
  expect(root(['loose'])).toEqual(['loose', null]);
});

test('in a package of a tree that nothing marks: the topmost package', () => {
  write(
    'wheel/shop/__init__.py',
    'wheel/shop/orders/__init__.py',
    'wheel/shop/orders/tasks.py',
    'wheel/other/x.py',
  );
  expect(root(['wheel/shop/orders/tasks.py'])).toEqual(['wheel', 'wheel/shop']);
  expect(root(['wheel/shop/orders'])).toEqual(['wheel', 'wheel/shop']);
  expect(root(['wheel'])).toEqual(['wheel', null]);
});

test('a missing path starts at the nearest folder that exists', () => {
  write('proj/manage.py');
  expect(root(['proj/no/such/file.py'])).toEqual(['proj', 'proj']);
});

test('the home folder, the folder of temporary files and / are never a whole program', () => {
  expect(projectRoot([join(homedir(), 'x.py')], join(homedir(), '.danglint.toml')).program).toBeNull();
  expect(projectRoot([tmpdir()], null).program).toBeNull();
  expect(projectRoot(['/etc/x.py', '/usr/y.py'], null).program).toBeNull();
});
