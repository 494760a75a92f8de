import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { type Expectation, expectationsIn, relativeTo } from '@danglint/core';

const TESTS = /^(?:tests?|testing|tests?_\w+\.py|\w+_tests?\.py|tests?\.py)$/;
const MARKS = ['DoesNotExist', 'query does not exist'];

/**
 * What the tests that are left out of a program expect of it. They are read when a fix is first asked for, as bytes: only those
 * that name the exception are looked at closer.
 */
export function testExpectations(root: string, leftOut: readonly string[]): () => readonly Expectation[] {
  let known: readonly Expectation[] | null = null;
  return () => {
    known ??= leftOut
      .filter((path) => TESTS.test(path.slice(path.lastIndexOf('/') + 1)))
      .flatMap(pythonFiles)
      .sort()
      .flatMap((path) => expectationsOf(root, path));
    return known;
  };
}

function expectationsOf(root: string, path: string): readonly Expectation[] {
  try {
    const bytes = readFileSync(path);
    return MARKS.some((mark) => bytes.includes(mark))
      ? expectationsIn(relativeTo(root, path), bytes.toString('utf8'))
      : [];
  } catch {
    return [];
  }
}

/** A Python file itself, or all of a folder; what cannot be read is left out. */
function pythonFiles(path: string): readonly string[] {
  if (path.endsWith('.py')) return [path];
  let entries: Dirent[];
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries.flatMap((entry) => {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') return [];
    const inside = `${path}/${entry.name}`;
    if (entry.isDirectory()) return pythonFiles(inside);
    return entry.isFile() && entry.name.endsWith('.py') ? [inside] : [];
  });
}
