import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  type Stats,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { errorCode } from '@danglint/core';

/** Times that a rename is tried again while a virus scanner or an editor holds the file (Windows). */
const RETRIES = 5;
const BUSY = new Set(['EPERM', 'EBUSY', 'EACCES']);

/**
 * Replaces a file's content in one step: a reader sees the old bytes or the new ones, and a failure (a full disk) leaves the
 * old ones. Throws the system's error; nothing is left behind then.
 */
export function replaceFile(
  target: string,
  bytes: Uint8Array,
  { mode, uid, gid }: Pick<Stats, 'mode' | 'uid' | 'gid'>,
): void {
  const temporary = join(dirname(target), `.${basename(target)}.danglint-${randomBytes(6).toString('hex')}`);
  try {
    const file = openSync(temporary, 'wx', 0o600);
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      keepOwner(file, uid, gid);
      fchmodSync(file, mode & 0o7777);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    rename(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(target));
}

/** Another user's file stays theirs where we may say so. */
function keepOwner(file: number, uid: number, gid: number): void {
  if (process.getuid?.() === uid && process.getgid?.() === gid) return;
  try {
    fchownSync(file, uid, gid);
  } catch {
    // Only the superuser may give files away; the content matters more.
  }
}

function rename(from: string, to: string): void {
  for (let left = RETRIES; ; left--) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      if (process.platform !== 'win32' || left === 0 || !BUSY.has(errorCode(error) ?? '')) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    }
  }
}

/** Makes the rename itself durable, where the system lets a folder be opened. */
function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    // Not every file system can; the data itself is on the disk.
  }
}
