import { type Dirent, readdirSync } from 'node:fs';
import { type Expectation, expectationsIn, type FileHost, relativeTo } from '@danglint/core';
import type { Project } from './project.ts';

const TESTS = /^(?:(?:\w+_|unit)?tests|test|testing|tests?_\w+\.py|\w+_tests?\.py|tests?\.py)$/;
const MARKS = ['DoesNotExist', 'query does not exist'];

/**
 * What the tests that are left out of a program expect of it. They are read when a fix is first asked for, as bytes: only those
 * that name the exception are looked at closer.
 */
export function testExpectations({
  root,
  found,
  host,
}: Pick<Project, 'root' | 'found' | 'host'>): () => readonly Expectation[] {
  let known: readonly Expectation[] | null = null;
  return () => {
    known ??= testFiles(root, found.leftOutPaths).flatMap((path) => expectationsOf(path, host));
    return known;
  };
}

/** The Python files of tests among the paths (absolute) that a program leaves out, relative to its root, sorted. */
export function testFiles(root: string, leftOut: readonly string[]): readonly string[] {
  return leftOut
    .filter((path) => TESTS.test(path.slice(path.lastIndexOf('/') + 1)))
    .flatMap(pythonFiles)
    .sort()
    .map((path) => relativeTo(root, path));
}

function expectationsOf(path: string, host: FileHost): readonly Expectation[] {
  const read = host.read(path);
  if (!read.ok) return [];
  const bytes = Buffer.from(read.bytes.buffer, read.bytes.byteOffset, read.bytes.byteLength);
  return MARKS.some((mark) => bytes.includes(mark)) ? expectationsIn(path, bytes.toString('utf8')) : [];
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
