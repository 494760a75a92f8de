import { basename } from 'node:path';
import { type Connection, DidChangeWatchedFilesNotification } from 'vscode-languageserver';
import type { Ask } from '../analysis/calls.ts';
import type { Judging } from './judging.ts';

/** How often the disk is looked at, in milliseconds: where the client does not watch it, and where it does but may miss folders. */
const ALONE = 3_000;
const BESIDES = 30_000;

interface World {
  readonly connection: Connection;
  readonly judging: Judging;
  readonly ask: () => Ask;
  readonly log: (message: string) => void;
}

/** Learns of files that change on the disk: from the client where it can watch them, else by looking. */
export class Watching {
  readonly #world: World;
  readonly #names: Set<string>;
  #registers = false;
  #timer: NodeJS.Timeout | null = null;

  /** `names`: files that may decide about findings. */
  constructor(world: World, names: readonly string[]) {
    this.#world = world;
    this.#names = new Set(names);
  }

  async start(registers: boolean): Promise<void> {
    this.#registers = registers && (await this.#register(['*.py', ...this.#names]));
    this.#look(this.#registers ? BESIDES : ALONE);
  }

  /** More files that decide (absolute paths), once configuration was read. */
  async also(files: readonly string[]): Promise<void> {
    const more = [...new Set(files.map((file) => basename(file)))].filter((name) => !this.#names.has(name));
    for (const name of more) this.#names.add(name);
    if (this.#registers && more.length > 0) await this.#register(more);
  }

  /** False when the client refuses. */
  async #register(names: readonly string[]): Promise<boolean> {
    const watchers = names.map((name) => ({ globPattern: `**/${name}` }));
    try {
      await this.#world.connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
      return true;
    } catch (error) {
      this.#world.log(`the editor does not watch files (${String(error)}); the disk is looked at instead`);
      return false;
    }
  }

  #look(every: number): void {
    const look = async (): Promise<void> => {
      const { judging, ask } = this.#world;
      try {
        if (judging.settled) judging.disk(await ask()('rescan', null));
      } catch (error) {
        this.#world.log(String(error));
      }
      this.#timer = setTimeout(() => void look(), every);
      this.#timer.unref();
    };
    this.#timer = setTimeout(() => void look(), every);
    this.#timer.unref();
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }
}
