import { expect, test } from 'vitest';
import { reportOn } from '../format/sample.ts';
import { compare, fingerprint, updated } from './baseline.ts';
import { baselineOf, baselineText, entriesOf } from './baseline-file.ts';

const text = (): string | null => null;
const all = (): boolean => true;
const report = (message: string, code = 'DNE101', path = 'a.py') =>
  reportOn('x', 'x', { message, code, path });

test('equal findings are counted: one more than known is new', () => {
  const twice = updated([report('m'), report('m')], null, text, all);
  expect(entriesOf(twice).map(({ count }) => count)).toEqual([2]);
  const { fresh, known, stale } = compare([report('m'), report('m'), report('m')], twice, text, all);
  expect([fresh.length, known, stale]).toEqual([1, 2, []]);
  expect(compare([report('m')], twice, text, all).stale.map(({ count }) => count)).toEqual([1]);
});

test('code, function and file tell findings apart', () => {
  const known = updated([report('m')], null, text, all);
  const others = [
    report('m', 'DNE001'),
    report('m', 'DNE101', 'b.py'),
    { ...report('m'), function: 'other' },
  ];
  expect(compare(others, known, text, all).fresh).toHaveLength(3);
  expect(fingerprint(report('m'), text)).toMatch(/^[0-9a-f]{16}$/);
});

test('what a run did not look at stays as it was', () => {
  const old = updated([report('m', 'DNE101', 'a.py'), report('m', 'DNE101', 'b.py')], null, text, all);
  const next = updated([], old, text, ({ path }) => path === 'a.py');
  expect(entriesOf(next).map(({ path }) => path)).toEqual(['b.py']);
});

test('the file is sorted, an entry a line, and reads back', () => {
  const entries = ['b.py', 'a.py'].flatMap((path) =>
    ['f2', 'f1'].map((fp) => ({ path, code: 'DNE001', fp, count: 1 })),
  );
  const written = baselineText(baselineOf(entries));
  expect(written.match(/"(fp|[ab]\.py)": ?("f\d)?/g)).toEqual([
    '"a.py": ',
    '"fp": "f1',
    '"fp": "f2',
    '"b.py": ',
    '"fp": "f1',
    '"fp": "f2',
  ]);
  expect(() => void JSON.parse(written)).not.toThrow();
  expect(baselineText(baselineOf([]))).toBe('{\n  "version": 1,\n  "findings": {}\n}\n');
});
