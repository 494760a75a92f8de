import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { decode, encode, type SourceFile } from '@danglint/core';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { applyEdits } from '../apply/text.ts';
import { minimalEdits } from './minimal.ts';
import { patchName } from './quote.ts';
import { unifiedDiff, unifiedDiffBytes } from './unified.ts';

const folder = mkdtempSync(join(tmpdir(), 'danglint-diff-'));
afterAll(() => rmSync(folder, { recursive: true }));
spawnSync('git', ['init', '-q'], { cwd: folder });

/** What `git apply` makes of a file with one of our diffs. */
function gitApplied(before: SourceFile, after: string): Buffer {
  const file = join(folder, before.path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, encode(before, before.text) ?? '');
  const patch = join(folder, 'change.patch');
  writeFileSync(patch, unifiedDiffBytes(before, after));
  const run = spawnSync('git', ['-c', 'core.autocrlf=false', 'apply', '--whitespace=nowarn', patch], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`${run.stderr}\n${readFileSync(patch, 'utf8')}`);
  return readFileSync(file);
}

const file = (text: string, over: Partial<SourceFile> = {}): SourceFile => ({
  path: 'shop/case.py',
  text,
  encoding: 'utf-8',
  bom: false,
  newline: '\n',
  ...over,
});

/** Lines of a small alphabet, so that changes share much; any newline style, with or without one at the end. */
const text = fc
  .tuple(
    fc.array(fc.constantFrom('a', 'b', '', '  c', 'é😀', '-- x', '+y', '\\z'), { maxLength: 14 }),
    fc.constantFrom('\n', '\r\n', '\r'),
    fc.boolean(),
  )
  .map(([lines, newline, ends]) => lines.join(newline) + (ends && lines.length > 0 ? newline : ''));

describe('unified diff', () => {
  it('has three lines of context and one hunk for near changes', () => {
    const lines = Array.from({ length: 30 }, (_, i) => `line ${i}\n`);
    const changed = lines.map((line, i) => (i === 5 || i === 11 || i === 25 ? `new ${i}\n` : line));
    expect(unifiedDiff(file(lines.join('')), changed.join(''))).toMatchInlineSnapshot(`
      "--- a/shop/case.py
      +++ b/shop/case.py
      @@ -3,13 +3,13 @@
       line 2
       line 3
       line 4
      -line 5
      +new 5
       line 6
       line 7
       line 8
       line 9
       line 10
      -line 11
      +new 11
       line 12
       line 13
       line 14
      @@ -23,7 +23,7 @@
       line 22
       line 23
       line 24
      -line 25
      +new 25
       line 26
       line 27
       line 28
      "
    `);
  });

  it('is empty when nothing changed', () => {
    expect(unifiedDiff(file('a\n'), 'a\n')).toBe('');
  });

  it('says when the last line has no end', () => {
    expect(unifiedDiff(file('a'), 'b\n')).toBe(
      '--- a/shop/case.py\n+++ b/shop/case.py\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n',
    );
  });

  it('is what git apply needs, whatever the text', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        if (before === after) return;
        expect(gitApplied(file(before), after).toString('utf8')).toBe(after);
      }),
      { seed: 7, numRuns: 150 },
    );
  });

  it.each(['plain.py', 'with space.py', 'tab\there.py', 'quo"te.py', 'ünï.py', 'back\\slash.py', '日本.py'])(
    'quotes %s',
    (path) => {
      expect(gitApplied(file('a\nb\n', { path }), 'a\nc\n').toString()).toBe('a\nc\n');
    },
  );

  it('keeps the byte order mark and the encoding', () => {
    const marked = file('a\r\nb\r\n', { bom: true, newline: '\r\n' });
    expect(gitApplied(marked, 'x\r\nb\r\n')).toEqual(Buffer.from('\ufeffx\r\nb\r\n'));
    const latin = file('# coding: latin-1\né = 1\n', { encoding: 'latin1' });
    expect(gitApplied(latin, '# coding: latin-1\né = 2\n')).toEqual(
      Buffer.from('# coding: latin-1\né = 2\n', 'latin1'),
    );
    const decoded = decode('x.py', gitApplied(latin, '# coding: latin-1\né = 3\n'));
    expect(decoded.ok && decoded.file.text).toBe('# coding: latin-1\né = 3\n');
  });

  it('names files as git does', () => {
    expect(patchName('a/b c.py')).toBe('a/b c.py\t');
    expect(patchName('a/é".py')).toBe('"a/\\303\\251\\".py"');
  });
});

describe('minimal edits', () => {
  it('turn one text into the other', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const edits = minimalEdits(before, after);
        expect(applyEdits(before, edits)).toBe(after);
        for (const [i, edit] of edits.entries())
          expect(edit.start).toBeGreaterThanOrEqual(edits[i - 1]?.end ?? 0);
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  it('touch only what changed', () => {
    expect(minimalEdits('a\nx = get(1)\nb\n', 'a\nx = filter(1)\nb\n')).toEqual([
      { start: 6, end: 9, text: 'filter' },
    ]);
    expect(minimalEdits('a\r\n', 'a\nb\n')).toEqual([{ start: 1, end: 3, text: '\nb\n' }]);
  });
});
