import { resultIdOf } from './diagnostics.ts';
import type { FileDiagnostics } from './calls.ts';

/** What was told last of each file. */
export class Published {
  readonly #files = new Map<string, FileDiagnostics>();

  /** The files whose diagnostics are other than last time. `among`: the files that were judged; null for all. */
  changes(
    now: readonly Omit<FileDiagnostics, 'resultId'>[],
    among: ReadonlySet<string> | null,
  ): readonly FileDiagnostics[] {
    const changed: FileDiagnostics[] = [];
    const found = new Set<string>();
    for (const file of now) {
      const full = { ...file, resultId: resultIdOf(file.diagnostics) };
      found.add(file.path);
      const before = this.#files.get(file.path);
      this.#files.set(file.path, full);
      if (before?.resultId !== full.resultId || before.uri !== file.uri) changed.push(full);
    }
    for (const [path, before] of this.#files) {
      if (found.has(path) || among?.has(path) === false) continue;
      this.#files.delete(path);
      changed.push({ ...before, diagnostics: [], resultId: resultIdOf([]) });
    }
    return changed;
  }
}
