import { afterEach, beforeEach, expect, test } from 'vitest';
import { Fixture } from './fixture.ts';
import { lineLengthIn } from './line-length.ts';

let fixture: Fixture;

beforeEach(() => {
  fixture = new Fixture();
});
afterEach(() => fixture.remove());

function lengths(
  files: Readonly<Record<string, string>>,
  ...paths: readonly string[]
): readonly (number | null)[] {
  for (const [path, text] of Object.entries(files)) fixture.write(path, text);
  return paths.map(lineLengthIn(fixture.root));
}

test.each([
  ['ruff in pyproject', { 'pyproject.toml': '[tool.ruff]\nline-length = 100\n' }, 100],
  ['black', { 'pyproject.toml': '[tool.black]\nline-length = 79\n' }, 79],
  [
    'ruff before black',
    { 'pyproject.toml': '[tool.black]\nline-length = 79\n[tool.ruff]\nline-length = 120\n' },
    120,
  ],
  [
    'a file of its own',
    { 'ruff.toml': 'line-length = 110\n', 'pyproject.toml': '[tool.ruff]\nline-length = 100\n' },
    110,
  ],
  ['the hidden file first', { '.ruff.toml': 'line-length = 90\n', 'ruff.toml': 'line-length = 110\n' }, 90],
  ['their own default', { 'pyproject.toml': '[tool.ruff.lint]\nselect = ["E"]\n' }, 88],
])('%s', (_, files, length) => {
  expect(lengths(files, 'a.py', 'deep/er/b.py')).toEqual([length, length]);
});

test('the nearest file counts, one that configures no formatter is passed over', () => {
  const files = {
    'pyproject.toml': '[tool.ruff]\nline-length = 100\n',
    'one/pyproject.toml': '[project]\nname = "one"\n',
    'two/pyproject.toml': '[tool.black]\nline-length = 79\n',
  };
  expect(lengths(files, 'a.py', 'one/a.py', 'two/in/a.py')).toEqual([100, 100, 79]);
});

test('a file that is broken says nothing', () => {
  expect(lengths({ 'pyproject.toml': '[tool.ruff\nline-length = 100\n' }, 'a.py')).toEqual([null]);
});
