import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { changed, type Document } from '../text/document.ts';
import type { PositionEncoding } from '../text/positions.ts';

/** The open documents, as their client last told. */
export class Documents {
  readonly #open = new Map<string, Document>();

  open(document: Document): void {
    this.#open.set(document.uri, document);
  }

  /** The document after a change; null for one that is not open. */
  change(
    { uri, version }: { readonly uri: string; readonly version: number },
    changes: readonly TextDocumentContentChangeEvent[],
    encoding: PositionEncoding,
  ): Document | null {
    const before = this.#open.get(uri);
    if (before === undefined) return null;
    const after = changed(before, version, changes, encoding);
    this.#open.set(uri, after);
    return after;
  }

  /** False for a document that was not open. */
  close(uri: string): boolean {
    return this.#open.delete(uri);
  }

  get(uri: string): Document | null {
    return this.#open.get(uri) ?? null;
  }

  all(): readonly Document[] {
    return [...this.#open.values()];
  }
}
