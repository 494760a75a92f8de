import { resultIdOf } from './diagnostics.ts';
import type { FileDiagnostics } from './calls.ts';

/** What was told last of each file. */
export class Published {
  #files = new Map<string, FileDiagnostics>();

  /** The files whose diagnostics are other than last time. */
  changes(now: readonly Omit<FileDiagnostics, 'resultId'>[]): readonly FileDiagnostics[] {
    const next = new Map<string, FileDiagnostics>();
    const changed: FileDiagnostics[] = [];
    for (const file of now) {
      const resultId = resultIdOf(file.diagnostics);
      const full = { ...file, resultId };
      next.set(file.path, full);
      const before = this.#files.get(file.path);
      if (before?.resultId !== resultId || before.uri !== file.uri) changed.push(full);
    }
    for (const [path, before] of this.#files) {
      if (!next.has(path)) changed.push({ ...before, diagnostics: [], resultId: resultIdOf([]) });
    }
    this.#files = next;
    return changed;
  }
}
