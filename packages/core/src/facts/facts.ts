import type { Comment, Stmt } from '../syntax/index.ts';
import type { Span } from '../text/index.ts';

/** What one file says, without its text: plain JSON. Parsing is so fast that nothing is gained by keeping it on a disk. */
export interface FileFacts {
  /** Path relative to the project root, forward slashes. */
  readonly path: string;
  readonly body: readonly Stmt[];
  readonly comments: readonly Comment[];
  readonly syntaxErrors: readonly SyntaxFault[];
}

/** A stretch that is not valid Python; everything outside it is still analysed. */
export interface SyntaxFault extends Span {
  readonly message: string;
}
