import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { relativeTo } from '../text/index.ts';
import { type Discovered, type DiscoverRequest, discover } from './discover.ts';

let root = '';
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'danglint-discover-'))).replaceAll('\\', '/');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(...paths: readonly string[]): void {
  for (const path of paths) put(path, '');
}

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function find(change: Partial<DiscoverRequest> & { readonly only?: readonly string[] } = {}): Discovered {
  const { only = ['.'], ...rest } = change;
  return discover({
    root,
    paths: only.map((path) => (path === '.' ? root : `${root}/${path}`)),
    programs: [rest.root ?? root],
    exclude: [],
    gitignore: true,
    forceExclude: false,
    ...rest,
  });
}

const patterns = (...list: readonly string[]): DiscoverRequest['exclude'] =>
  list.map((pattern) => ({ pattern, base: root }));

describe('what is found', () => {
  test('Python files at any depth, sorted, nothing else', () => {
    write('b.py', 'a/z.py', 'a/a.py', 'a/types.pyi', 'README.md', 'a/py');
    expect(find().files).toEqual(['a/a.py', 'a/z.py', 'b.py']);
  });

  test('the whole root is loaded, only the given paths are targets', () => {
    write('models.py', 'shop/tasks.py', 'shop/views.py', 'shopping/x.py');
    const found = find({ only: ['shop'] });
    expect(found.files).toHaveLength(4);
    expect([...found.targets]).toEqual(['shop/tasks.py', 'shop/views.py']);
  });

  test('without the whole root only what is named is loaded', () => {
    write('models.py', 'shop/tasks.py', 'other/x.py');
    expect(find({ only: ['shop', 'models.py'], programs: [] }).files).toEqual(['models.py', 'shop/tasks.py']);
  });

  test('a named file is taken whatever it is called', () => {
    write('manage', 'a.py');
    expect([...find({ only: ['manage'] }).targets]).toEqual(['manage']);
  });

  test('overlapping paths give each file once', () => {
    write('a/b.py');
    expect(find({ only: ['a', 'a/b.py', '.'] }).files).toEqual(['a/b.py']);
  });
});

describe('exclusion', () => {
  test('by name anywhere, by path below the base, by file pattern', () => {
    write('app/migrations/0001.py', 'app/m.py', 'build/gen/x.py', 'app/build/y.py', 'app/test_m.py');
    expect(find({ exclude: patterns('migrations', 'build/gen', 'test_*.py') }).files).toEqual([
      'app/build/y.py',
      'app/m.py',
    ]);
  });

  test('a star crosses folders, as in ruff', () => {
    write('a/b/migrations/x.py', 'a/b/c.py');
    expect(find({ exclude: patterns('*/migrations/*') }).files).toEqual(['a/b/c.py']);
  });

  test('counts what it left out below the given paths', () => {
    write('app/tests/a.py', 'app/x.py', 'other/tests/b.py');
    expect(find({ exclude: patterns('tests'), only: ['app'] }).leftOut).toBe(1);
  });

  test('a file or folder that is named is taken all the same', () => {
    write('tests/a.py', 'tests/deep/b.py', 'x.py');
    expect([...find({ exclude: patterns('tests'), only: ['tests/a.py'] }).targets]).toEqual(['tests/a.py']);
    expect([...find({ exclude: patterns('tests'), only: ['tests'] }).targets]).toEqual([
      'tests/a.py',
      'tests/deep/b.py',
    ]);
  });

  test('not so with forceExclude, for files inside excluded folders too', () => {
    write('tests/deep/b.py', 'x.py');
    const found = find({ exclude: patterns('tests'), only: ['tests/deep/b.py', 'x.py'], forceExclude: true });
    expect([...found.targets]).toEqual(['x.py']);
    expect(found.leftOut).toBe(1);
  });

  test('virtual environments are left out whatever they are called', () => {
    write('env39/pyvenv.cfg', 'env39/lib/x.py', 'y.py');
    expect(find().files).toEqual(['y.py']);
  });
});

describe('.gitignore', () => {
  test('is respected, and a nested one decides over an outer one', () => {
    put('.gitignore', 'generated/\n*_pb2.py\n');
    put('keep/.gitignore', '!a_pb2.py\n');
    write('generated/x.py', 'a_pb2.py', 'keep/a_pb2.py', 'keep/b_pb2.py', 'z.py');
    expect(find().files).toEqual(['keep/a_pb2.py', 'z.py']);
  });

  test('anchored patterns hold for their own folder only', () => {
    put('a/.gitignore', '/x.py\n');
    write('a/x.py', 'a/b/x.py', 'x.py');
    expect(find().files).toEqual(['a/b/x.py', 'x.py']);
  });

  test('what stands above the root counts up to the top of the repository', () => {
    put('.gitignore', 'local.py\n');
    put('.git/info/exclude', 'secret.py\n');
    write('proj/local.py', 'proj/secret.py', 'proj/a.py');
    expect(discover({ ...request(), root: `${root}/proj`, paths: [`${root}/proj`] }).files).toEqual(['a.py']);
  });

  test('can be switched off', () => {
    put('.gitignore', 'x.py\n');
    write('x.py');
    expect(find({ gitignore: false }).files).toEqual(['x.py']);
  });

  test('an ignored folder that is named is entered', () => {
    put('.gitignore', 'gen/\n');
    write('.git/HEAD', 'gen/x.py', 'y.py');
    expect([...find({ only: ['gen'] }).targets]).toEqual(['gen/x.py']);
  });

  const request = (): DiscoverRequest => ({
    root,
    paths: [root],
    programs: [root],
    exclude: [],
    gitignore: true,
    forceExclude: false,
  });
});

describe('bad input', () => {
  test('a missing path is a fault and the rest goes on', () => {
    write('a.py');
    const found = find({ only: ['nope.py', 'a.py'] });
    expect(found.faults).toEqual([{ path: 'nope.py', message: 'no such file or directory' }]);
    expect([...found.targets]).toEqual(['a.py']);
  });

  test('links to folders are not followed: a loop ends', () => {
    write('a/x.py');
    symlinkSync('..', join(root, 'a/loop'));
    const found = find();
    expect(found.files).toEqual(['a/x.py']);
    expect(found.links).toEqual([`${root}/a/loop`]);
  });

  test('a link to a file of the tree is not a second file; one that leads out of it is', () => {
    write('proj/x.py', 'shared/y.py');
    symlinkSync('x.py', join(root, 'proj/copy.py'));
    symlinkSync('../shared/y.py', join(root, 'proj/y.py'));
    symlinkSync('gone.py', join(root, 'proj/.#lock.py'));
    const proj = `${root}/proj`;
    expect(find({ root: proj, paths: [proj] }).files).toEqual(['x.py', 'y.py']);
  });

  test('a link that leads in a circle, named', () => {
    symlinkSync('b.py', join(root, 'a.py'));
    symlinkSync('a.py', join(root, 'b.py'));
    expect(find({ only: ['a.py'] }).faults[0]?.message).toBe('symbolic links lead in a circle');
  });

  test.skipIf(process.getuid?.() === 0)('a folder that cannot be read is a fault', () => {
    write('locked/x.py', 'y.py');
    chmodSync(join(root, 'locked'), 0);
    const found = find();
    chmodSync(join(root, 'locked'), 0o755);
    expect(found.faults).toEqual([{ path: 'locked', message: 'folder cannot be read: permission denied' }]);
    expect(found.files).toEqual(['y.py']);
  });

  test.runIf(process.platform === 'linux')('a device is refused, not read for ever', () => {
    const found = discover({ ...find0(), paths: ['/dev/zero'] });
    expect(found.faults[0]?.message).toMatch('not a regular file');
  });

  const find0 = (): DiscoverRequest => ({
    root,
    paths: [],
    programs: [],
    exclude: [],
    gitignore: true,
    forceExclude: false,
  });
});

test('paths outside the root are named with ../', () => {
  expect(relativeTo('/a/b', '/a/b/c.py')).toBe('c.py');
  expect(relativeTo('/a/b', '/a/c/d.py')).toBe('../c/d.py');
  expect(relativeTo('/', '/x.py')).toBe('x.py');
  expect(relativeTo('/a', '/x.py')).toBe('../x.py');
});
