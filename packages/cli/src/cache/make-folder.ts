import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from '@danglint/core';

/**
 * Makes a folder and those above it that are missing; throws where one cannot be made. Node's own `recursive` never comes back where
 * a file system says of a folder that is there that it is not, as `/proc` does.
 */
export function makeFolder(path: string): void {
  if (made(path)) return;
  const above = dirname(path);
  if (above !== path) makeFolder(above);
  if (!made(path)) mkdirSync(path);
}

/** False when the folder above is missing. */
function made(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST') return true;
    if (code === 'ENOENT') return false;
    throw error;
  }
}
