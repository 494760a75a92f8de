import type { Connection } from 'vscode-languageserver';
import type { FileDiagnostics } from '../analysis/calls.ts';
import type { Documents } from './documents.ts';
import { NOTHING, type Results } from './results.ts';

/** Sends diagnostics to clients that do not ask for them. */
export class Push {
  readonly #connection: Connection;
  readonly #documents: Documents;
  readonly #results: Results;
  /** What each file was told last, by URI. */
  readonly #sent = new Map<string, string>();

  constructor(connection: Connection, documents: Documents, results: Results) {
    this.#connection = connection;
    this.#documents = documents;
    this.#results = results;
  }

  /** Tells what is new. `waits`: a document's text changed since; it is told after the next judgement. */
  publish(wholeWorkspace: boolean, waits: (uri: string) => boolean): void {
    const open = this.#documents.all().map(({ uri }) => uri);
    const files = wholeWorkspace ? this.#results.all().map(({ uri }) => uri) : [];
    for (const uri of new Set([...open, ...files, ...this.#sent.keys()])) {
      const isOpen = this.#documents.get(uri) !== null;
      if (!waits(uri)) this.#tell(uri, isOpen || wholeWorkspace ? this.#results.of(uri) : null, isOpen);
    }
  }

  /** A file is told again when it is opened again. */
  closed(uri: string): void {
    const before = this.#sent.get(uri);
    this.#sent.delete(uri);
    if (before !== undefined && before !== NOTHING)
      void this.#connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  #tell(uri: string, file: FileDiagnostics | null, isOpen: boolean): void {
    const id = file?.resultId ?? NOTHING;
    const before = this.#sent.get(uri);
    if (before === id || (before === undefined && id === NOTHING && !isOpen)) return;
    this.#sent.set(uri, id);
    const version = this.#documents.get(uri)?.version;
    void this.#connection.sendDiagnostics({
      uri,
      ...(version === undefined ? {} : { version }),
      diagnostics: [...(file?.diagnostics ?? [])],
    });
  }
}
