import type { FileDiagnostics, Judged } from '../analysis/calls.ts';

/** What is known of each file, by URI. */
export class Results {
  readonly #files = new Map<string, FileDiagnostics>();
  #wake: (() => void)[] = [];

  take({ changed }: Judged): void {
    for (const file of changed) {
      for (const [uri, known] of this.#files)
        if (known.path === file.path && uri !== file.uri) this.#files.delete(uri);
      if (file.diagnostics.length === 0) this.#files.delete(file.uri);
      else this.#files.set(file.uri, file);
    }
    if (changed.length === 0) return;
    for (const wake of this.#wake.splice(0)) wake();
  }

  of(uri: string): FileDiagnostics | null {
    return this.#files.get(uri) ?? null;
  }

  all(): readonly FileDiagnostics[] {
    return [...this.#files.values()];
  }

  /** Resolves when something is other than now. */
  change(): Promise<void> {
    return new Promise((resolve) => this.#wake.push(resolve));
  }
}

/** The id of no diagnostics. */
export const NOTHING = 'none';
