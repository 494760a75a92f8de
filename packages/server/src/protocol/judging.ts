import type { Ask, Judged, Stage } from '../analysis/calls.ts';
import type { Document } from '../text/document.ts';

/** Time without a keystroke after which documents are judged: keys that are hit together are judged together. Milliseconds. */
const QUIET = 20;
/** The same for files on the disk, which come in bursts. */
const QUIET_DISK = 120;
/** Time without a change after which the rest of a program is judged when nobody waits for it: a person who types goes on before. */
const CALM = 300;
/** The longest that changes can put it off. */
const LONGEST = 600;

export interface JudgingHooks {
  /** `changed`: URIs of the documents whose text is new in this judgement. */
  readonly onJudged: (judged: Judged, changed: ReadonlySet<string>) => void;
  readonly onFailure: (error: unknown) => void;
}

/** How much is judged of what is known: the documents that changed last, all open ones, everything. */
const LEVELS = ['none', 'changed', 'open', 'all'] as const;
type Level = (typeof LEVELS)[number];

/** Gathers changes and has the program judged: one judgement at a time, each of everything that came until it starts. */
export class Judging {
  readonly #ask: () => Ask;
  readonly #hooks: JudgingHooks;
  readonly #open = new Map<string, Document>();
  readonly #closed = new Set<string>();
  readonly #disk = new Set<string>();
  #pending = false;
  #since = 0;
  /** The documents of the judgement under way. */
  #running: ReadonlySet<string> | null = null;
  /** The documents of the last judgement. */
  #changed: ReadonlySet<string> = new Set();
  #level: Level = 'none';
  /** How many things have to be through before the next judgement. */
  #held = 0;
  #started = false;
  #timer: NodeJS.Timeout | null = null;
  #waiting: (() => void)[] = [];
  /** How many wait for more than what changed. */
  #urgent = 0;
  /** Ends a pause before the rest. */
  #hurry: (() => void) | null = null;

  constructor(ask: () => Ask, hooks: JudgingHooks) {
    this.#ask = ask;
    this.#hooks = hooks;
  }

  /** Judges everything again, once `ready` is through; until the first time changes are only gathered. */
  async restart(ready: Promise<unknown>): Promise<void> {
    this.#pending = true;
    this.#held++;
    try {
      await ready;
    } catch (error) {
      this.#hooks.onFailure(error);
    }
    this.#held--;
    this.#started = true;
    this.flush();
  }

  changed(document: Document): void {
    this.#closed.delete(document.uri);
    this.#open.set(document.uri, document);
    this.#note(QUIET);
  }

  closed(uri: string): void {
    this.#open.delete(uri);
    this.#closed.add(uri);
    this.#note(QUIET);
  }

  /** Files (absolute paths) that changed on the disk. */
  disk(paths: readonly string[]): void {
    if (paths.length === 0) return;
    for (const path of paths) this.#disk.add(path);
    this.#note(QUIET_DISK);
  }

  again(): void {
    this.#note(0);
  }

  #note(delay: number): void {
    const now = performance.now();
    if (!this.#pending) this.#since = now;
    this.#pending = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const left = Math.max(0, this.#since + LONGEST - now);
    this.#timer = setTimeout(() => this.flush(), Math.min(delay, left));
  }

  /** True when as much is judged of all that is known. */
  #has(level: Level): boolean {
    const still = this.#started && this.#held === 0 && !this.#pending && this.#running === null;
    return still && LEVELS.indexOf(this.#level) >= LEVELS.indexOf(level);
  }

  /** True when all that is known was judged. */
  get settled(): boolean {
    return this.#has('all');
  }

  /** True when a document has a text that no judgement has told of. */
  waits(uri: string): boolean {
    return this.#open.has(uri) || this.#running?.has(uri) === true;
  }

  /** Judges now what waits for a pause. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#started && this.#held === 0 && this.#pending && this.#running === null) void this.#run();
  }

  async #run(): Promise<void> {
    const changes = { open: [...this.#open.values()], closed: [...this.#closed], disk: [...this.#disk] };
    this.#open.clear();
    this.#closed.clear();
    this.#disk.clear();
    this.#pending = false;
    const changed = new Set(changes.open.map(({ uri }) => uri));
    this.#running = changed;
    try {
      const judged = await this.#ask()('judge', changes);
      this.#reach(judged.whole ? 'all' : 'changed', changed);
      this.#hooks.onJudged(judged, changed);
    } catch (error) {
      this.#reach('all', changed);
      this.#hooks.onFailure(error);
    }
    this.#wake();
    if (this.#pending) {
      if (this.#timer === null) this.flush();
    } else if (!this.settled) void this.#rest(changed);
  }

  /** What a judgement of these documents has come to. */
  #reach(level: Level, changed: ReadonlySet<string>): void {
    this.#running = null;
    this.#changed = changed;
    this.#level = level;
  }

  /** Judges on after a judgement, until the next one. */
  async #rest(after: ReadonlySet<string>): Promise<void> {
    let calm = false;
    for (const stage of ['open', 'all'] satisfies readonly Stage[]) {
      const stands = (): boolean => this.#changed === after && this.#running === null;
      calm ||= await this.#calm();
      if (!stands() || this.#pending) return;
      try {
        const judged = await this.#ask()('rest', stage);
        if (judged !== null && stands()) this.#level = stage;
        // What is told once is not told again: it counts even when the next judgement is under way.
        if (judged !== null) this.#hooks.onJudged(judged, new Set());
        if (judged === null || !stands()) return;
      } catch (error) {
        if (stands()) this.#level = 'all';
        this.#hooks.onFailure(error);
      }
      this.#wake();
    }
  }

  /** Waits for a pause; false when somebody could not wait for its end. */
  async #calm(): Promise<boolean> {
    if (this.#urgent > 0) return false;
    const calm = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(true), CALM);
      this.#hurry = () => {
        clearTimeout(timer);
        resolve(false);
      };
    });
    this.#hurry = null;
    return calm;
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Resolves once everything is judged that was known by then. `urgent`: without waiting for a pause. */
  async untilSettled(urgent = true): Promise<void> {
    const settled = (): boolean => this.settled;
    await (urgent ? this.#urgently(settled) : this.#until(settled));
  }

  /** Resolves once an open document is judged in what was known by then. */
  async untilJudged(uri: string): Promise<void> {
    await this.#until(() => this.#has('changed'));
    await this.#urgently(() => this.#has(this.#changed.has(uri) ? 'changed' : 'open'));
  }

  async #urgently(done: () => boolean): Promise<void> {
    if (done()) return;
    this.#urgent++;
    this.#hurry?.();
    await this.#until(done);
    this.#urgent--;
  }

  async #until(done: () => boolean): Promise<void> {
    while (!done()) {
      this.flush();
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }
}
