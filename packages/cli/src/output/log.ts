import type { Progress } from '@danglint/core';
import { caller } from './caller.ts';
import { printError, printPassing } from './streams.ts';

/** How much a run says beside its findings. */
export type Level = 'silent' | 'quiet' | 'normal' | 'verbose';

/** Milliseconds before a long run shows that it is alive, and between two lines of it. */
const PATIENCE = 1000;
const PAUSE = 100;

/** Everything that goes to standard error. */
export class Log {
  readonly level: Level;
  readonly #start = performance.now();
  readonly #terminal: boolean;
  #shown = 0;

  constructor(level: Level, terminal = caller().stderr.isTTY) {
    this.level = level;
    this.#terminal = terminal;
  }

  /** Results in one line: `Found 3 errors.` */
  summary(text: string): void {
    if (this.level === 'normal' || this.level === 'verbose') printError(`${text}\n`);
  }

  /** Something that the user should know although the run goes on. */
  warn(text: string): void {
    if (this.level !== 'silent') printError(`danglint: warning: ${text}\n`);
  }

  verbose(text: string): void {
    if (this.level === 'verbose')
      printError(`danglint: ${text} (${Math.round(performance.now() - this.#start)} ms)\n`);
  }

  /** A line that replaces itself, on a terminal only, once the run takes long. */
  progress({ done, total }: Progress): void {
    const now = performance.now();
    const loud = this.level === 'normal' || this.level === 'verbose';
    if (!this.#terminal || !loud || now - this.#start < PATIENCE || now - this.#shown < PAUSE) return;
    this.#shown = now;
    printPassing(`\r\u{1b}[Kdanglint: ${done} of ${total} files`);
  }

  /** Takes the progress line away. */
  progressDone(): void {
    if (this.#shown > 0) printPassing('\r\u{1b}[K');
    this.#shown = 0;
  }
}
