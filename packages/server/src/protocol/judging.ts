import type { Ask, Judged } from '../analysis/calls.ts';
import type { Document } from '../text/document.ts';

/** Time without a keystroke after which the program is judged, and the longest that typing can put it off. Milliseconds. */
const QUIET = 120;
const LONGEST = 600;

export interface JudgingHooks {
  /** `changed`: URIs of the documents whose text is new in this judgement. */
  readonly onJudged: (judged: Judged, changed: ReadonlySet<string>) => void;
  readonly onFailure: (error: unknown) => void;
}

/** Gathers changes and has the program judged: one judgement at a time, each of everything that came until it starts. */
export class Judging {
  readonly #ask: () => Ask;
  readonly #hooks: JudgingHooks;
  readonly #open = new Map<string, Document>();
  readonly #closed = new Set<string>();
  readonly #disk = new Set<string>();
  #pending = false;
  #since = 0;
  #running = false;
  /** How many things have to be through before the next judgement. */
  #held = 0;
  #started = false;
  #timer: NodeJS.Timeout | null = null;
  #waiting: (() => void)[] = [];

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
    this.#note(QUIET);
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

  /** True when all that is known was judged. */
  get settled(): boolean {
    return this.#started && this.#held === 0 && !this.#pending && !this.#running;
  }

  /** True when a document has a text that no judgement has seen. */
  waits(uri: string): boolean {
    return this.#open.has(uri);
  }

  /** Judges now what waits for a pause. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#started && this.#held === 0 && this.#pending && !this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    const changes = { open: [...this.#open.values()], closed: [...this.#closed], disk: [...this.#disk] };
    this.#open.clear();
    this.#closed.clear();
    this.#disk.clear();
    this.#pending = false;
    this.#running = true;
    try {
      const judged = await this.#ask()('judge', changes);
      this.#hooks.onJudged(judged, new Set(changes.open.map(({ uri }) => uri)));
    } catch (error) {
      this.#hooks.onFailure(error);
    }
    this.#running = false;
    if (this.settled) this.#wake();
    else if (this.#timer === null) this.flush();
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Resolves once everything is judged that was known by then. */
  async untilSettled(): Promise<void> {
    while (!this.settled) {
      this.flush();
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }
}
