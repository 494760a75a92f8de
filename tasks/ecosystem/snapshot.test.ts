import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { difference, snapshotOf } from './snapshot.mjs';

const report = (filename: string, row: number, code: string, name: string | null) => ({
  filename,
  code,
  function: name,
  location: { row },
});

it('writes a line for each finding, in order of path and line', () => {
  const text = snapshotOf(
    [
      report('/t/b.py', 9, 'DNE001', 'f'),
      report('/t/b.py', 10, 'DNE902', null),
      report('/t/a.py', 70, 'DNE101', 'C.run'),
    ],
    (file) => file.slice(3),
  );
  expect(text).toBe('a.py:70 DNE101 C.run\nb.py:9 DNE001 f\nb.py:10 DNE902 -\n');
});

it('tells what changed, and nothing where nothing did', () => {
  const before = 'a.py:1 DNE001 f\na.py:2 DNE001 g\na.py:3 DNE001 h\n';
  expect(difference(before, before)).toEqual([]);
  expect(difference(before, 'a.py:1 DNE001 f\na.py:2 DNE105 g\nb.py:4 DNE105 k\n')).toEqual([
    '~ a.py:2 g: DNE001 is DNE105 now',
    '- a.py:3 h: DNE001',
    '+ b.py:4 k: DNE105',
    '  DNE001: 3 -> 1',
    '  DNE105: 0 -> 2',
  ]);
});

it('keeps no text of the trees, and the paths of no machine', () => {
  const home = fileURLToPath(new URL('snapshots', import.meta.url));
  for (const name of readdirSync(home)) {
    const lines = readFileSync(`${home}/${name}`, 'utf8').trimEnd().split('\n');
    expect([
      name,
      lines.filter((line) => !/^(?:\w[^:/]*\/)*\w[^:/]*:\d+ DNE\d{3} [\w.<>-]+$/.test(line)),
    ]).toEqual([name, []]);
  }
});
