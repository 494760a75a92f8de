import type { Comment, Stmt } from '../stmt.ts';
import { gaveUp } from './give-up.ts';
export { type Broken, type Mended, parseAround } from './recover.ts';
import { StatementParser } from './statement.ts';

/**
 * Parses a module of valid Python, up to version 3.14, as CPython does. Null for text that is not plainly valid: the grammar
 * then says what is wrong with it, or finds that nothing is. `text` has no carriage return that ends a line alone.
 */
export function parseFast(text: string): { body: readonly Stmt[]; comments: readonly Comment[] } | null {
  if (text.includes('\0')) return null;
  const parser = new StatementParser(text);
  try {
    return { body: parser.module(), comments: parser.comments };
  } catch (thrown) {
    if (gaveUp(thrown)) return null;
    throw thrown;
  }
}
