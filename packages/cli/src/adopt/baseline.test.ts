import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportOn } from '../format/sample.ts';
import { compare, fingerprint, updated } from './baseline.ts';
import { baselineOf, baselineText, entriesOf, readBaseline } from './baseline-file.ts';

const text = (): string | null => null;
const all = (): boolean => true;
const here = { judged: all, gone: () => false };
const report = (message: string, code = 'DNE101', path = 'a.py') =>
  reportOn('x', 'x', { message, code, path });

test('equal findings are counted: one more than known is new', () => {
  const twice = updated([report('m'), report('m')], null, text, all);
  expect(entriesOf(twice).map(({ count }) => count)).toEqual([2]);
  const { fresh, known, stale } = compare([report('m'), report('m'), report('m')], twice, text, here);
  expect([fresh.length, known.length, stale]).toEqual([1, 2, []]);
  expect(compare([report('m')], twice, text, here).stale.map(({ count }) => count)).toEqual([1]);
});

test('code, function and file tell findings apart', () => {
  const known = updated([report('m')], null, text, all);
  const others = [
    report('m', 'DNE001'),
    report('m', 'DNE101', 'b.py'),
    { ...report('m'), function: 'other' },
  ];
  expect(compare(others, known, text, here).fresh).toHaveLength(3);
  expect(fingerprint(report('m'), text)).toMatch(/^[0-9a-f]{16}$/);
});

test('entries of a file that is gone answer for the same finding elsewhere, each once', () => {
  const known = updated([report('m', 'DNE101', 'old.py')], null, text, all);
  const moved = [report('m', 'DNE101', 'new.py'), report('m', 'DNE101', 'copy.py')];
  const places = { judged: all, gone: (path: string) => path === 'old.py' };
  expect(compare(moved, known, text, places)).toMatchObject({ fresh: [{ path: 'copy.py' }], stale: [] });
  expect(compare(moved, known, text, here).fresh).toHaveLength(2);
  expect(compare([report('other', 'DNE101', 'new.py')], known, text, places).fresh).toHaveLength(1);
});

test('what a run did not look at stays as it was', () => {
  const old = updated([report('m', 'DNE101', 'a.py'), report('m', 'DNE101', 'b.py')], null, text, all);
  const next = updated([], old, text, ({ path }) => path === 'a.py');
  expect(entriesOf(next).map(({ path }) => path)).toEqual(['b.py']);
});

describe('the file', () => {
  const entry = (path: string, fp: string, code = 'DNE001') => ({ path, code, fp, count: 1 });
  const written = (...entries: readonly ReturnType<typeof entry>[]): string =>
    baselineText(baselineOf(entries));

  test('has an entry a line, each behind the mark of the fingerprints before it', () => {
    const lines = written(
      entry('b.py', '01c'),
      entry('a.py', '01c'),
      entry('a.py', '00f'),
      entry('z.py', 'fff'),
    ).split('\n');
    expect(lines.slice(3, 9)).toEqual([
      '  "findings": [',
      '    {"path": "a.py", "code": "DNE001", "fp": "00f", "count": 1},',
      '    "00",',
      '    {"path": "a.py", "code": "DNE001", "fp": "01c", "count": 1},',
      '    {"path": "b.py", "code": "DNE001", "fp": "01c", "count": 1},',
      '    "01",',
    ]);
    expect(lines.slice(-6)).toEqual([
      '    "fe",',
      '    {"path": "z.py", "code": "DNE001", "fp": "fff", "count": 1},',
      '    "ff"',
      '  ]',
      '}',
      '',
    ]);
  });

  test('any entries are written and read back; the text does not depend on their order', () => {
    const text = fc.string({ unit: 'binary', minLength: 1 });
    const entries = fc.array(
      fc.record({ path: text, code: text, fp: text, count: fc.integer({ min: 1, max: 9 }) }),
    );
    const folder = mkdtempSync(join(tmpdir(), 'danglint-baseline-'));
    const file = join(folder, 'b.json');
    fc.assert(
      fc.property(entries, (list) => {
        const baseline = baselineOf(list);
        writeFileSync(file, baselineText(baseline));
        expect(baselineText(readBaseline(file) ?? new Map())).toBe(baselineText(baseline));
        expect(baselineText(baselineOf(list.toReversed()))).toBe(baselineText(baseline));
      }),
      { seed: 8, numRuns: 200 },
    );
    rmSync(folder, { recursive: true });
  });

  test('a change of one entry touches one line', () => {
    const before = written(entry('a.py', '10'), entry('a.py', '20')).split('\n');
    const after = written(entry('a.py', '10'), entry('a.py', '20'), entry('a.py', 'ff')).split('\n');
    expect(after.filter((line) => !before.includes(line))).toHaveLength(1);
    expect(before.filter((line) => !after.includes(line))).toEqual([]);
  });
});
