import type { Session, Span } from '@danglint/core';
import type { Location, Range } from 'vscode-languageserver-types';
import type { Document } from '../text/document.ts';
import { type PositionEncoding, Positions } from '../text/positions.ts';
import { uriOf } from '../text/uri.ts';

/** Translates places of a session's files for a client. Open documents keep the address that their editor gave them. */
export class Places {
  readonly #session: Session;
  readonly #absolute: (path: string) => string;
  readonly #document: (absolute: string) => Document | undefined;
  readonly #encoding: PositionEncoding;
  readonly #known = new WeakMap<object, Positions>();

  constructor(
    session: Session,
    absolute: (path: string) => string,
    document: (absolute: string) => Document | undefined,
    encoding: PositionEncoding,
  ) {
    this.#session = session;
    this.#absolute = absolute;
    this.#document = document;
    this.#encoding = encoding;
  }

  uri(path: string): string {
    const absolute = this.#absolute(path);
    return this.#document(absolute)?.uri ?? uriOf(absolute);
  }

  /** Positions of a file as the session knows it; null for one that could not be read. */
  of(path: string): Positions | null {
    const source = this.#session.source(path);
    if (source === null) return null;
    const known = this.#known.get(source);
    if (known !== undefined) return known;
    const bom = source.bom && this.#document(this.#absolute(path))?.text.startsWith('\u{feff}') === true;
    const positions = new Positions(source.text, this.#encoding, bom);
    this.#known.set(source, positions);
    return positions;
  }

  range(path: string, span: Span): Range {
    const start = { line: 0, character: 0 };
    return this.of(path)?.range(span) ?? { start, end: start };
  }

  location(path: string, span: Span): Location {
    return { uri: this.uri(path), range: this.range(path, span) };
  }
}
