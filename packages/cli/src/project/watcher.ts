import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import { slashes } from '@danglint/core';

/** Editors write a file in several steps; what comes within this time is one change. */
const SETTLE = 40;

/** Watches folders, not what is below them: only those that hold files of the program, whatever else the tree has. */
export class Watcher {
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #changed = new Set<string>();
  #wake: (() => void) | null = null;
  #timer: NodeJS.Timeout | null = null;

  /** Watches these folders (absolute) and no others; gives those that are new, and those that cannot be watched. */
  watch(folders: ReadonlySet<string>): {
    readonly added: readonly string[];
    readonly failed: readonly string[];
  } {
    for (const [folder, watcher] of this.#watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    const missing = [...folders].filter((folder) => !this.#watchers.has(folder));
    const added = missing.filter((folder) => this.#add(folder));
    return { added, failed: missing.filter((folder) => !added.includes(folder)) };
  }

  #add(folder: string): boolean {
    try {
      const watcher = watch(folder, (_, name) =>
        this.#note(name === null ? folder : slashes(join(folder, name))),
      );
      watcher.on('error', () => {
        watcher.close();
        this.#watchers.delete(folder);
        this.#note(folder);
      });
      this.#watchers.set(folder, watcher);
      return true;
    } catch {
      return false;
    }
  }

  #note(path: string): void {
    this.#changed.add(path);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#wake?.(), SETTLE);
  }

  /** The paths that changed since the last answer, as far as they are known now. */
  get pending(): Iterable<string> {
    return this.#changed;
  }

  /** The paths that changed since the last answer; waits until there are some. */
  async next(): Promise<ReadonlySet<string>> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (this.#changed.size > 0 && this.#timer === null) resolve();
      else if (this.#changed.size > 0) this.#timer?.refresh();
    });
    this.#wake = null;
    this.#timer = null;
    const changed = new Set(this.#changed);
    this.#changed.clear();
    return changed;
  }

  close(): void {
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
    if (this.#timer !== null) clearTimeout(this.#timer);
  }
}
