import type { Comment, Stmt } from '../syntax/index.ts';
import type { Span } from '../text/index.ts';

/** Raised with every change of `FileFacts` or of the syntax it holds: a cache of another version is discarded. */
export const FACTS_VERSION = 2;

/** What one file says, without its text: plain JSON, keyed by content hash. Workers return it, the cache stores it. */
export interface FileFacts {
  readonly version: number;
  /** Path relative to the project root, forward slashes. */
  readonly path: string;
  /** SHA-1 of the decoded text. */
  readonly hash: string;
  readonly body: readonly Stmt[];
  readonly comments: readonly Comment[];
  readonly syntaxErrors: readonly SyntaxFault[];
}

/** A stretch that is not valid Python; everything outside it is still analysed. */
export interface SyntaxFault extends Span {
  readonly message: string;
}
