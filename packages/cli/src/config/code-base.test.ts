import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ConfigRequest } from './config.ts';
import { Fixture } from './fixture.ts';
import { KEYS } from './table.ts';

const MARKER = 'sentry/db/models/base.py';

let fixture: Fixture;
beforeEach(() => {
  fixture = new Fixture();
});
afterEach(() => fixture.remove());

/** The presets of a run that starts in a folder of the project, and where they come from. */
function presets(folder = '', change: Partial<ConfigRequest> = {}): readonly [readonly string[], string] {
  const start = join(fixture.root, folder);
  mkdirSync(start, { recursive: true });
  const config = fixture.load({ start, ...change });
  return [config.get(KEYS.presets), config.from('presets').replace(`${fixture.root}/`, '')];
}

test('any project has `recommended`', () => {
  fixture.write('shop/models.py', '');
  expect(presets()).toEqual([['recommended'], 'default']);
});

test.each(['', 'src', 'src/sentry', 'src/sentry/tasks', 'tests'])(
  "the code base that a preset is made for has that one too: a run that starts in '%s'",
  (folder) => {
    fixture.write('pyproject.toml', '');
    fixture.write(`src/${MARKER}`, '');
    expect(presets(folder)).toEqual([['recommended', 'sentry'], `src/${MARKER}`]);
  },
);

test('what an unpacked package holds at its top', () => {
  fixture.write(MARKER, '');
  expect(presets('sentry/tasks')).toEqual([['recommended', 'sentry'], MARKER]);
});

test('presets that are chosen are all there are', () => {
  fixture.write(`src/${MARKER}`, '');
  expect(presets('', { options: ['presets = ["recommended"]'] })[0]).toEqual(['recommended']);
  fixture.write('danglint.toml', 'presets = ["strict"]');
  expect(presets()[0]).toEqual(['strict']);
});

test('a project beside that code base is another one', () => {
  fixture.write(MARKER, '');
  fixture.write('shop/pyproject.toml', '');
  fixture.write('tools/.git/HEAD', '');
  expect(presets('shop/orders')[0]).toEqual(['recommended']);
  expect(presets('tools')[0]).toEqual(['recommended']);
});
