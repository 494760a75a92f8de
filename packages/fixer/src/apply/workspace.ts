import {
  enclosingStmts,
  freshKey,
  encode,
  type FileFacts,
  type Report,
  type Session,
  type Site,
  type SourceFile,
} from '@danglint/core';
import type { Candidate } from './candidate.ts';
import { editsByPath } from './settle.ts';
import { applyEdits, resolveEdits, wantedIn } from './text.ts';

/** The files of a session while they are being fixed: texts as they were read, and as they were after each pass. */
export class Workspace {
  readonly #session: Session;
  readonly #originals = new Map<string, SourceFile>();
  /** Functions that give None since a fix. */
  #none: ReadonlySet<string> = new Set();
  /** Every text that a file had, the first one before any fix. */
  readonly #history = new Map<string, string[]>();

  constructor(session: Session) {
    this.#session = session;
  }

  source(path: string): SourceFile | null {
    return this.#session.source(path);
  }

  facts(path: string): FileFacts | null {
    return this.#session.facts(path);
  }

  /** How many syntax errors a file has, to Python and to the grammar. */
  faults(path: string): number {
    return (this.facts(path)?.syntaxErrors.length ?? 0) + this.#session.grammarFaults(path);
  }

  original(path: string): SourceFile | null {
    return this.#originals.get(path) ?? this.source(path);
  }

  /** Texts that a file had before its present one, oldest first. */
  earlier(path: string): readonly string[] {
    return this.#history.get(path)?.slice(0, -1) ?? [];
  }

  /** Paths of files that were changed at some time, sorted. */
  changed(): readonly string[] {
    return [...this.#originals.keys()].sort();
  }

  /** The source that a finding points at. */
  readonly textOf = (report: Report): string =>
    this.source(report.path)?.text.slice(report.span.start, report.span.end) ?? '';

  /** Name of the innermost function around a place. */
  functionAt({ path, span }: Site): string | null {
    const chain = enclosingStmts(this.facts(path)?.body ?? [], span);
    const fn = chain.findLast((stmt) => stmt.kind === 'FunctionDef');
    return fn?.kind === 'FunctionDef' ? fn.name : null;
  }

  /** The new texts of the files that fixes touch. */
  plan(fixes: readonly Candidate[]): ReadonlyMap<string, string> {
    const paths = new Set(fixes.flatMap((candidate) => editsByPath(candidate).map(([path]) => path)));
    const texts = new Map<string, string>();
    for (const path of paths) {
      const source = this.source(path);
      const facts = this.facts(path);
      if (source === null || facts === null) continue;
      texts.set(path, applyEdits(source.text, resolveEdits(source, facts, wantedIn(path, fixes))));
    }
    return texts;
  }

  /** True when a text can be written in the encoding of its file. */
  encodable(path: string, text: string): boolean {
    const source = this.source(path);
    return source !== null && encode(source, text) !== null;
  }

  /** Gives the session new texts, to be taken back or kept as the files' state after a pass. */
  apply(
    texts: ReadonlyMap<string, string>,
    fixes: readonly Candidate[],
  ): { readonly undo: () => void; readonly keep: () => void } {
    const before = new Map<string, SourceFile>();
    for (const path of texts.keys()) {
      const source = this.source(path);
      if (source !== null) before.set(path, source);
    }
    const none = this.#none;
    this.#expectNone(new Set([...none, ...fixes.flatMap(newNone)]));
    this.#update(texts);
    return {
      undo: () => {
        this.#expectNone(none);
        this.#update(new Map([...before].map(([path, { text }]) => [path, text])));
      },
      keep: () => this.#keep(texts, before),
    };
  }

  #expectNone(functions: ReadonlySet<string>): void {
    this.#none = functions;
    this.#session.expectNone(functions);
  }

  /** Takes everything back. */
  reset(): void {
    this.#expectNone(new Set());
    this.#update(new Map([...this.#originals].map(([path, { text }]) => [path, text])));
    this.#originals.clear();
    this.#history.clear();
  }

  #keep(texts: ReadonlyMap<string, string>, before: ReadonlyMap<string, SourceFile>): void {
    for (const [path, source] of before) {
      if (!this.#originals.has(path)) this.#originals.set(path, source);
      this.#history.set(path, [
        ...(this.#history.get(path) ?? [source.text]),
        texts.get(path) ?? source.text,
      ]);
    }
  }

  #update(texts: ReadonlyMap<string, string>): void {
    for (const [path, text] of texts) {
      const source = this.source(path);
      const bytes = source === null ? null : encode(source, text);
      if (bytes !== null) this.#session.update(path, bytes);
    }
  }
}

function newNone({ report, fix }: Candidate): readonly string[] {
  return fix.givesNone === true ? [freshKey(report.path, fix.group)] : [];
}
