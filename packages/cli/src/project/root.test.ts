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

/** The root below `top`, and the folders that are loaded whole. */
function root(paths: readonly string[], config: string | null = null): readonly string[] {
  const found = projectRoot(
    paths.map((path) => join(top, path)),
    config === null ? null : join(top, config),
  );
  return [found.root, ...found.programs].map((path) => path.slice(top.length + 1));
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

test('paths of two projects in a third one: the folder above both', () => {
  write('both/pyproject.toml', 'both/a/manage.py', 'both/a/x.py', 'both/b/manage.py');
  expect(root(['both/a/x.py', 'both/b'])).toEqual(['both', 'both']);
});

test('paths of two projects side by side: these, and nothing else that stands there', () => {
  write('home/a/manage.py', 'home/a/x.py', 'home/b/manage.py', 'home/b/y.py', 'home/loose/z.py');
  expect(root(['home/a/x.py', 'home/b/y.py', 'home/a', 'home/loose'])).toEqual(['home', 'home/a', 'home/b']);
});

test('no project at all: only what is named', () => {
  write('loose/x.py', 'loose/sub/y.py');
  expect(root(['loose/x.py'])).toEqual(['loose']);
  expect(root(['loose'])).toEqual(['loose']);
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
  expect(root(['wheel'])).toEqual(['wheel']);
});

test('a missing path starts at the nearest folder that exists', () => {
  write('proj/manage.py');
  expect(root(['proj/no/such/file.py'])).toEqual(['proj', 'proj']);
});

test('the home folder, the folder of temporary files and / are never a whole program', () => {
  expect(projectRoot([join(homedir(), 'x.py')], join(homedir(), '.danglint.toml')).programs).toEqual([]);
  expect(projectRoot([tmpdir()], null).programs).toEqual([]);
  expect(projectRoot(['/etc/x.py', '/usr/y.py'], null).programs).toEqual([]);
});
