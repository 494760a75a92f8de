import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { ioMessage } from '../text/index.ts';
import type { FileHost } from './options.ts';

/** Larger files than that get memory of their own, in bytes. */
const SHARED = 1 << 20;

/**
 * The files of the disk below `root` (absolute). Paths with `../` and absolute ones are read too. All files are read into the same
 * memory: a program has thousands of them.
 */
export function diskHost(root: string): FileHost {
  const shared = Buffer.allocUnsafeSlow(SHARED);
  return {
    read(path) {
      try {
        return { ok: true, bytes: readBytes(isAbsolute(path) ? path : `${root}/${path}`, shared) };
      } catch (error) {
        return { ok: false, message: ioMessage(error) };
      }
    },
  };
}

function readBytes(path: string, shared: Buffer): Uint8Array {
  const file = openSync(path, 'r');
  try {
    if (fstatSync(file).size >= shared.length) return readFileSync(file);
    let length = 0;
    for (;;) {
      const read = readSync(file, shared, length, shared.length - length, null);
      if (read === 0) return shared.subarray(0, length);
      length += read;
      if (length === shared.length) return readFileSync(path);
    }
  } finally {
    closeSync(file);
  }
}
