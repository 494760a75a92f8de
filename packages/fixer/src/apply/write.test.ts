import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode, type SourceFile } from '@danglint/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replaceFile } from './atomic.ts';
import type { FixedFile } from './outcome.ts';
import { writeFixes } from './write.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'danglint-write-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function source(path: string): SourceFile {
  const decoded = decode(path, readFileSync(join(root, path)));
  if (!decoded.ok) throw new Error(decoded.failure.message);
  return decoded.file;
}

/** A file on the disk, read, with every `a` to become `b`. */
function fixed(path: string, bytes: Uint8Array | string): FixedFile {
  writeFileSync(join(root, path), bytes);
  const before = source(path);
  return { path, before, after: before.text.replaceAll('a', 'b'), applied: [] };
}

const read = (path: string): Buffer => readFileSync(join(root, path));

describe('writeFixes', () => {
  it('keeps mode, byte order mark, newlines and encoding', () => {
    const files = [
      fixed('plain.py', 'a = 1\nx'),
      fixed('bom.py', '\ufeffa = 1\r\nb = 2\r\n'),
      fixed('latin.py', Buffer.from('# coding: lbtin-1\na = "é"\n'.replace('lbtin', 'latin'), 'latin1')),
    ];
    chmodSync(join(root, 'plain.py'), 0o751);
    expect(writeFixes({ files: files.slice(0, 2) }, root)).toEqual([
      { path: 'plain.py', ok: true },
      { path: 'bom.py', ok: true },
    ]);
    expect(read('plain.py').toString()).toBe('b = 1\nx');
    expect(statSync(join(root, 'plain.py')).mode & 0o777).toBe(0o751);
    expect(read('bom.py').toString()).toBe('\ufeffb = 1\r\nb = 2\r\n');
    const latin = files[2];
    if (latin === undefined) throw new Error('no file');
    writeFixes({ files: [{ ...latin, after: latin.before.text.replace('é', 'ü') }] }, root);
    expect(read('latin.py')).toEqual(Buffer.from('# coding: latin-1\na = "ü"\n', 'latin1'));
    expect(readdirSync(root).sort()).toEqual(['bom.py', 'latin.py', 'plain.py']);
  });

  it('refuses a character that the encoding lacks', () => {
    const file = fixed('latin.py', '# coding: latin-1\nx = 1\n');
    expect(writeFixes({ files: [{ ...file, after: '# coding: latin-1\nx = "日"\n' }] }, root)).toEqual([
      { path: 'latin.py', ok: false, message: 'the fix has a character that latin1 lacks' },
    ]);
  });

  it('leaves a file alone that changed since it was read', () => {
    const file = fixed('x.py', 'a\n');
    writeFileSync(join(root, 'x.py'), 'a\nmine\n');
    expect(writeFixes({ files: [file] }, root)).toEqual([
      { path: 'x.py', ok: false, message: 'the file changed while it was checked; run again' },
    ]);
    expect(read('x.py').toString()).toBe('a\nmine\n');
  });

  it('respects a read-only file, and goes on with the others', () => {
    const files = [fixed('locked.py', 'a\n'), fixed('open.py', 'a\n')];
    chmodSync(join(root, 'locked.py'), 0o444);
    expect(writeFixes({ files }, root)).toEqual([
      { path: 'locked.py', ok: false, message: 'the file is read-only' },
      { path: 'open.py', ok: true },
    ]);
    expect(read('locked.py').toString()).toBe('a\n');
  });

  it('says that a file is gone', () => {
    const file = fixed('x.py', 'a\n');
    rmSync(join(root, 'x.py'));
    expect(writeFixes({ files: [file] }, root)).toEqual([
      { path: 'x.py', ok: false, message: 'could not be written: no such file or directory' },
    ]);
  });

  it('writes through a link inside the project, never through one that leads out', () => {
    const file = fixed('real.py', 'a\n');
    symlinkSync('real.py', join(root, 'link.py'));
    expect(writeFixes({ files: [{ ...file, path: 'link.py' }] }, root)).toEqual([
      { path: 'link.py', ok: true },
    ]);
    expect(lstatSync(join(root, 'link.py')).isSymbolicLink()).toBe(true);
    expect(read('real.py').toString()).toBe('b\n');
    mkdirSync(join(root, 'project'));
    symlinkSync('../real.py', join(root, 'project', 'out.py'));
    const results = writeFixes(
      { files: [{ ...fixed('real.py', 'a\n'), path: 'out.py' }] },
      join(root, 'project'),
    );
    expect(results).toMatchObject([{ ok: false, message: expect.stringContaining('outside the project') }]);
    expect(read('real.py').toString()).toBe('a\n');
  });

  it('leaves the old bytes and no litter when writing fails', () => {
    writeFileSync(join(root, 'x.py'), 'a\n');
    mkdirSync(join(root, 'folder'));
    const stats = statSync(join(root, 'x.py'));
    expect(() => replaceFile(join(root, 'folder'), Buffer.from('b'), stats)).toThrow(/EISDIR/);
    expect(readdirSync(root).sort()).toEqual(['folder', 'x.py']);
  });

  it('does not write into other names of the same file', () => {
    const file = fixed('x.py', 'a\n');
    linkSync(join(root, 'x.py'), join(root, 'twin.py'));
    writeFixes({ files: [file] }, root);
    expect([read('x.py').toString(), read('twin.py').toString()]).toEqual(['b\n', 'a\n']);
  });
});
