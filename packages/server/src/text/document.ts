import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { type PositionEncoding, Positions } from './positions.ts';

/** The text of a document as its editor holds it. */
export interface Document {
  readonly uri: string;
  /** As the client counts; what a versioned edit names. */
  readonly version: number;
  readonly text: string;
}

/**
 * The document after a list of changes, each in terms of the text that the one before it left. Ranges past the end are cut
 * to it: the notification has no answer, so that there is no better way to disagree.
 */
export function changed(
  document: Document,
  version: number,
  changes: readonly TextDocumentContentChangeEvent[],
  encoding: PositionEncoding,
): Document {
  let { text } = document;
  for (const change of changes) {
    if ('range' in change) {
      const { start, end } = new Positions(text, encoding).span(change.range);
      text = text.slice(0, start) + change.text + text.slice(end);
    } else text = change.text;
  }
  return { uri: document.uri, version, text };
}
