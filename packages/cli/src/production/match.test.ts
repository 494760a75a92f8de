import { describe, expect, test } from 'vitest';
import type { Frame, Issue } from './issue.ts';
import { bestPlaces, type Place } from './match.ts';
import { sharesOf } from './shares.ts';

const frame = (change: Partial<Frame> = {}): Frame => ({
  filename: 'shop/tasks.py',
  module: 'shop.tasks',
  function: 'process',
  line: 8,
  context: null,
  ...change,
});

const issue = (change: Partial<Issue> = {}): Issue => ({
  id: '1',
  shortId: 'A-1',
  title: 'DoesNotExist',
  model: 'Detector',
  events: 5,
  users: 2,
  lastSeen: null,
  permalink: null,
  frames: [frame()],
  filename: null,
  function: null,
  ...change,
});

const place = (name: string, change: Partial<Place> = {}): Place & { readonly name: string } => ({
  name,
  path: 'src/shop/tasks.py',
  function: 'shop.tasks.process',
  model: 'Detector',
  lines: ['x = Detector.objects.get(id=pk)'],
  firstRow: 8,
  ...change,
});

const best = (of: Issue, ...places: readonly ReturnType<typeof place>[]): readonly string[] =>
  bestPlaces(of, places)?.places.map(({ name }) => name) ?? [];

describe('key 1: the frame', () => {
  test('file and function, by the end of the path', () => {
    expect(best(issue(), place('a'), place('b', { path: 'src/other/tasks.py' }))).toEqual(['a']);
    expect(
      best(issue({ frames: [frame({ filename: '/usr/src/app/src/shop/tasks.py' })] }), place('a')),
    ).toEqual(['a']);
    expect(best(issue({ frames: [frame({ filename: null })] }), place('a'))).toEqual(['a']);
    expect(best(issue({ frames: [frame({ function: 'other' })] }), place('a'))).toEqual([]);
  });

  test('the longer path wins', () => {
    const near = place('near', { path: 'shop/tasks.py' });
    const far = place('far', { path: 'lib/tasks.py' });
    expect(
      best(issue({ frames: [frame({ filename: 'lib/shop/tasks.py', module: null })] }), far, near),
    ).toEqual(['near']);
  });

  test('the text of the line finds a renamed function, and tells two lookups of one function apart', () => {
    const at = frame({ context: 'x = Detector.objects.get(id=pk)' });
    expect(best(issue({ frames: [{ ...at, function: 'old' }] }), place('a'))).toEqual(['a']);
    expect(best(issue({ frames: [at] }), place('b', { lines: ['y = 1'], firstRow: 9 }), place('a'))).toEqual([
      'a',
    ]);
  });

  test('names of functions, bare and qualified', () => {
    const method = place('a', { function: 'shop.tasks.Worker.process' });
    expect(best(issue({ frames: [frame({ function: 'Worker.process' })] }), method)).toEqual(['a']);
    expect(best(issue({ frames: [frame({ function: 'Other.process' })] }), method)).toEqual([]);
  });

  test('another model is another lookup', () => {
    expect(best(issue(), place('a', { model: 'Monitor' }))).toEqual([]);
    expect(best(issue({ model: null }), place('a', { model: 'Monitor' }))).toEqual(['a']);
  });

  test("a helper of the project's own in front: its caller, when the model agrees", () => {
    const helper = frame({ filename: 'shop/db.py', module: 'shop.db', function: 'fetch' });
    expect(best(issue({ frames: [frame(), helper] }), place('a'))).toEqual(['a']);
    expect(best(issue({ frames: [frame(), helper], model: null }), place('a'))).toEqual([]);
  });
});

test('key 2: file and function of the issue list', () => {
  const listed = issue({ frames: [], filename: 'shop/tasks.py', function: 'process' });
  expect(best(listed, place('a'), place('b', { function: 'shop.tasks.other' }))).toEqual(['a']);
});

test('key 3: the model alone, only where the issue names no code', () => {
  const bare = issue({ frames: [] });
  expect(best(bare, place('a'), place('b', { model: 'Monitor' }), place('c', { model: null }))).toEqual([
    'a',
  ]);
  expect(best(issue({ frames: [frame({ filename: 'gone.py', module: null })] }), place('a'))).toEqual([]);
});

test('shares: each issue counts once, ties are divided and said, the rest is listed', () => {
  const [a, b] = [place('a'), place('b', { firstRow: 9 })];
  const odd = issue({ id: '2', shortId: 'A-2', frames: [frame({ line: null })], events: 7, users: 1 });
  const lost = issue({ id: '3', shortId: 'A-3', model: 'Gone', frames: [] });
  const { of, unmatched, divided } = sharesOf([issue(), odd, lost], [a, b]);
  expect(of.get(a)).toEqual({ events: 9, users: 3, issues: ['A-1', 'A-2'], split: true });
  expect(of.get(b)).toEqual({ events: 3, users: 0, issues: ['A-2'], split: true });
  expect([unmatched.map(({ shortId }) => shortId), divided]).toEqual([['A-3'], 1]);
});
