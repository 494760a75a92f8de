import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { absolutePath, type FileHost } from '@danglint/core';
import { type CacheFolder, isRecord } from './folder.ts';

/** What the system says of a file that changes when somebody writes to it. */
type Stamp = readonly [size: number, mtimeMs: number, ctimeMs: number, inode: number];
type Known = readonly [stamp: Stamp, digest: string];

/** Where what is known of files is kept. */
const NAME = 'files.json';

/** Milliseconds within which two changes of a file may get the same time from a file system. */
const GRAIN = 2000;

/**
 * The contents of files as digests. A file whose stamp is as it was need not be read again, unless it was written so shortly
 * before it was looked at that another change could have the same stamp.
 */
export class FileDigests {
  readonly #root: string;
  readonly #known: ReadonlyMap<string, Known>;
  readonly #now = new Map<string, Known>();
  /** Stamps were looked at since then. */
  readonly #since = Date.now();
  #torn = false;
  #news = false;

  /** `known`: of an earlier run; nothing where stamps are not to be trusted. */
  constructor(root: string, known: ReadonlyMap<string, Known> = new Map()) {
    this.#root = root;
    this.#known = known;
  }

  /** What an earlier run left; null when there is nothing. */
  static load(folder: CacheFolder, root: string, strategy: 'metadata' | 'content'): FileDigests | null {
    const known = knownFiles(folder.read(NAME));
    if (known === null) return null;
    return new FileDigests(root, strategy === 'content' ? new Map() : known);
  }

  /** The same for a later look: a file whose stamp is as it was need not be read again. */
  again(strategy: 'metadata' | 'content'): FileDigests {
    const known = strategy === 'content' ? [] : proven(this.#now, this.#since);
    return new FileDigests(this.#root, new Map(known));
  }

  /** Leaves what is known for the next run, if it is more than the last one left. */
  save(folder: CacheFolder): void {
    if (this.#news) folder.write(NAME, { since: this.#since, files: Object.fromEntries(this.#now) });
  }

  /** Whether a file changed between two looks at it. */
  get torn(): boolean {
    return this.#torn;
  }

  /** The digest of a file (path relative to the root); null for what is no regular file that can be read. */
  of(path: string): string | null {
    const seen = this.#now.get(path);
    if (seen !== undefined) return seen[1];
    const stamp = this.#stamp(path);
    if (stamp === null) return null;
    const known = this.#known.get(path);
    if (known !== undefined && known[0].every((part, i) => part === stamp[i])) {
      this.#now.set(path, known);
      return known[1];
    }
    try {
      return this.#saw(path, stamp, readFileSync(absolutePath(this.#root, path)));
    } catch {
      return null;
    }
  }

  /** The same files, with the digest of all that is read noted. */
  noting(host: FileHost): FileHost {
    return {
      read: (path) => {
        const stamp = this.#stamp(path);
        const read = host.read(path);
        if (read.ok && stamp !== null) this.#saw(path, stamp, read.bytes);
        return read;
      },
    };
  }

  #saw(path: string, stamp: Stamp, bytes: Uint8Array): string {
    const digest = createHash('sha1').update(bytes).digest('base64');
    const before = this.#now.get(path);
    if (before !== undefined && before[1] !== digest) this.#torn = true;
    if (before === undefined) this.#now.set(path, [stamp, digest]);
    this.#news = true;
    return digest;
  }

  #stamp(path: string): Stamp | null {
    try {
      const stats = statSync(absolutePath(this.#root, path));
      return stats.isFile() ? [stats.size, stats.mtimeMs, stats.ctimeMs, stats.ino] : null;
    } catch {
      return null;
    }
  }
}

/** The files of an earlier run, but for those that were young then. */
function knownFiles(stored: unknown): ReadonlyMap<string, Known> | null {
  if (!isRecord(stored) || typeof stored['since'] !== 'number' || !isRecord(stored['files'])) return null;
  const files = Object.entries(stored['files']).flatMap(([path, entry]) =>
    isKnown(entry) ? [[path, entry] as const] : [],
  );
  return new Map(proven(files, stored['since']));
}

/** What was known of files that were not young when they were looked at. */
function proven(
  files: Iterable<readonly [string, Known]>,
  since: number,
): readonly (readonly [string, Known])[] {
  return [...files].filter(([, [[, mtimeMs, ctimeMs]]]) => Math.max(mtimeMs, ctimeMs) < since - GRAIN);
}

function isKnown(value: unknown): value is Known {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [stamp, digest]: readonly unknown[] = value;
  return (
    Array.isArray(stamp) &&
    stamp.length === 4 &&
    stamp.every((part) => typeof part === 'number') &&
    typeof digest === 'string'
  );
}
