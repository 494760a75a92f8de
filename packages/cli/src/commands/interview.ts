import type { Report } from '@danglint/core';

/** What a question can be answered with; the letters are those of `git add -p`. */
export type Answer = 'y' | 'n' | 'a' | 'd' | 'e' | 'u' | 'q';

/** Something that was done, to be undone. */
type Step =
  | { readonly kind: 'skip'; readonly key: string }
  /** The rest of a file, after so many fixes. */
  | { readonly kind: 'file'; readonly path: string; readonly fixes: number }
  | { readonly kind: 'fix' };

/** What the questions work on. */
export interface Program {
  /** The findings that stand now, in order. */
  readonly reports: () => readonly Report[];
  /** The same for the same finding after lines have moved. */
  readonly key: (report: Report) => string;
  /** Whether a fix can be applied. */
  readonly fixable: (report: Report) => boolean;
  /** Applies and writes the fix; null, or why not. */
  readonly apply: (report: Report) => string | null;
  /** Takes back the last applied fix; null, or why not. */
  readonly revert: () => string | null;
  readonly edit: (report: Report) => string | null;
}

/** Goes through findings one at a time. Fixes are written when they are accepted, so quitting loses nothing. */
export class Interview {
  readonly #program: Program;
  readonly #steps: Step[] = [];
  fixed = 0;

  constructor(program: Program) {
    this.#program = program;
  }

  /** The findings that nobody has answered yet. */
  open(): readonly Report[] {
    const skipped = new Map<string, number>();
    const files = new Set<string>();
    for (const step of this.#steps) {
      if (step.kind === 'skip') skipped.set(step.key, (skipped.get(step.key) ?? 0) + 1);
      else if (step.kind === 'file') files.add(step.path);
    }
    return this.#program.reports().filter((report) => {
      const key = this.#program.key(report);
      const left = skipped.get(key) ?? 0;
      if (left > 0) skipped.set(key, left - 1);
      return left === 0 && !files.has(report.path);
    });
  }

  /** Does what an answer asks for; gives a message, or null. `q` is not for here. */
  answer(report: Report, answer: Exclude<Answer, 'q'>): string | null {
    switch (answer) {
      case 'y':
        return this.#fix(report);
      case 'n':
        this.#steps.push({ kind: 'skip', key: this.#program.key(report) });
        return null;
      case 'a':
        return this.#fixFile(report.path);
      case 'd':
        this.#steps.push({ kind: 'file', path: report.path, fixes: 0 });
        return null;
      case 'e':
        return this.#program.edit(report);
      case 'u':
        return this.#undo();
    }
  }

  #fix(report: Report): string | null {
    const fault = this.#program.apply(report);
    if (fault !== null) return `not applied: ${fault}`;
    this.fixed++;
    this.#steps.push({ kind: 'fix' });
    return null;
  }

  /** All fixes of a file; findings without one are passed over. */
  #fixFile(path: string): string | null {
    let applied = 0;
    const faults: string[] = [];
    const tried = new Set<string>();
    for (;;) {
      const next = this.open().find(
        (report) =>
          report.path === path && this.#program.fixable(report) && !tried.has(this.#program.key(report)),
      );
      if (next === undefined) break;
      const key = this.#program.key(next);
      const fault = this.#program.apply(next);
      if (fault === null) applied++;
      else {
        tried.add(key);
        faults.push(fault);
      }
    }
    this.fixed += applied;
    this.#steps.push({ kind: 'file', path, fixes: applied });
    return faults.length === 0 ? null : `${faults.length} not applied: ${faults[0] ?? ''}`;
  }

  #undo(): string | null {
    const last = this.#steps.pop();
    if (last === undefined) return 'nothing to undo';
    const fixes = last.kind === 'fix' ? 1 : last.kind === 'file' ? last.fixes : 0;
    for (let i = 0; i < fixes; i++) {
      const fault = this.#program.revert();
      if (fault !== null) return `not undone: ${fault}`;
      this.fixed--;
    }
    return null;
  }
}
