import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from './make-folder.ts';

/** https://bford.info/cachedir/: tools for backups leave such folders out. */
const TAG = 'CACHEDIR.TAG';
const SIGNATURE = 'Signature: 8a477f597d28d172789f06886806bc55';
const MARK = '# This folder is a cache of danglint.';

/** Whether a folder is a cache that danglint made: only then may it be written to or removed. */
export function isCache(path: string): boolean {
  try {
    return readFileSync(join(path, TAG), 'utf8').includes(MARK);
  } catch {
    return false;
  }
}

/**
 * A folder of files that may vanish at any time. What cannot be read or written, or was written by half, counts as not there:
 * no run fails for its cache.
 */
export class CacheFolder {
  readonly #path: string;

  /** `path` is absolute. The folder is made when something is first written. */
  constructor(path: string) {
    this.#path = path;
  }

  /** What was written under a name; null when that is not there whole. */
  read(name: string): unknown {
    if (!isCache(this.#path)) return null;
    try {
      const text = readFileSync(join(this.#path, name), 'utf8');
      const line = text.indexOf('\n');
      const body = text.slice(line + 1);
      return text.slice(0, line) === sum(body) ? JSON.parse(body) : null;
    } catch {
      return null;
    }
  }

  /** Puts JSON under a name, for all readers at once. False when it could not be written, or another tool has the folder. */
  write(name: string, value: unknown): boolean {
    if (!this.#prepared()) return false;
    const path = join(this.#path, name);
    const beside = `${path}.${process.pid}.tmp`;
    try {
      const body = JSON.stringify(value);
      makeFolder(dirname(path));
      writeFileSync(beside, `${sum(body)}\n${body}`);
      renameSync(beside, path);
      return true;
    } catch {
      quietly(() => rmSync(beside, { force: true }));
      return false;
    }
  }

  /** Makes the folder where it is missing. False when that is not possible, or another tool has it. */
  ensure(): boolean {
    return this.#prepared();
  }

  /** Leaves the youngest files of a folder, at most so many and so many bytes of them. */
  trim(folder: string, most: { readonly files: number; readonly bytes: number }): void {
    const path = join(this.#path, folder);
    quietly(() => {
      const files = readdirSync(path).map((name) => ({ name, stats: statSync(join(path, name)) }));
      files.sort((a, b) => b.stats.mtimeMs - a.stats.mtimeMs);
      let bytes = 0;
      for (const [i, { name, stats }] of files.entries()) {
        bytes += stats.size;
        if (i > 0 && (i >= most.files || bytes > most.bytes)) rmSync(join(path, name), { force: true });
      }
    });
  }

  #prepared(): boolean {
    quietly(() => {
      const isFree = !existsSync(this.#path) || readdirSync(this.#path).length === 0;
      if (!isFree) return;
      makeFolder(this.#path);
      writeFileSync(join(this.#path, TAG), `${SIGNATURE}\n${MARK}\n`);
      writeFileSync(join(this.#path, '.gitignore'), '*\n');
    });
    return isCache(this.#path);
  }
}

/** Does what may go wrong without harm: another process does the same, the disk is full, the folder is gone. */
function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // Whoever needs the folder finds out that it is not there.
  }
}

function sum(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

/** Whether parsed JSON is an object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
