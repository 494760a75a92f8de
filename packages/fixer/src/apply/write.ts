import { constants, accessSync, lstatSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { isAbsolute, resolve, sep } from 'node:path';
import { encode, ioMessage } from '@danglint/core';
import { replaceFile } from './atomic.ts';
import type { FixedFile, FixOutcome } from './outcome.ts';

/** What became of one changed file. */
export type WriteResult =
  | { readonly path: string; readonly ok: true }
  /** The file is as it was. */
  | { readonly path: string; readonly ok: false; readonly message: string };

/**
 * Writes the changed files of an outcome below `root`. Each file is replaced at once or not at all; one that changed since
 * it was read, is read-only, or cannot be written is left alone and named. Mode, byte order mark, encoding and line
 * endings stay.
 */
export function writeFixes(outcome: Pick<FixOutcome, 'files'>, root: string): readonly WriteResult[] {
  return outcome.files.map((file) => writeOne(file, root));
}

/** Why `writeFixes` would leave a file alone, as far as the file itself tells; null when it would write it. */
export function whyLeftAlone(path: string, root: string): string | null {
  try {
    const target = realTarget(path, root);
    return target === null ? OUTSIDE : lockReason(target, statSync(target));
  } catch (error) {
    return ioMessage(error);
  }
}

const OUTSIDE = 'the file is a symbolic link to a place outside the project; fix it there';

function writeOne(file: FixedFile, root: string): WriteResult {
  const { path, before, after } = file;
  const refuse = (message: string): WriteResult => ({ path, ok: false, message });
  const bytes = encode(before, after);
  const expected = encode(before, before.text);
  if (bytes === null || expected === null)
    return refuse(`the fix has a character that ${before.encoding} lacks`);
  try {
    const target = realTarget(path, root);
    if (target === null) return refuse(OUTSIDE);
    const stats = statSync(target);
    const locked = lockReason(target, stats);
    if (locked !== null) return refuse(locked);
    if (!Buffer.from(expected).equals(readFileSync(target)))
      return refuse('the file changed while it was checked; run again');
    replaceFile(target, bytes, stats);
    return { path, ok: true };
  } catch (error) {
    return refuse(`could not be written: ${ioMessage(error)}`);
  }
}

/** The file behind a path; null when a link leads out of the root. */
function realTarget(path: string, root: string): string | null {
  const full = isAbsolute(path) ? path : resolve(root, path);
  const target = realpathSync(full);
  if (!lstatSync(full).isSymbolicLink()) return target;
  const home = realpathSync(root);
  return target.startsWith(home.endsWith(sep) ? home : home + sep) ? target : null;
}

const ANY_WRITE = constants.S_IWUSR | constants.S_IWGRP | constants.S_IWOTH;

/** Why a file must not be written; a read-only one is respected even where the system would let us. */
function lockReason(target: string, stats: Stats): string | null {
  if (!stats.isFile()) return 'it is not a regular file';
  if ((stats.mode & ANY_WRITE) === 0) return 'the file is read-only';
  try {
    accessSync(target, constants.W_OK);
    return null;
  } catch (error) {
    return `the file is read-only: ${ioMessage(error)}`;
  }
}
