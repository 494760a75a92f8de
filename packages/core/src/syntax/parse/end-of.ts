import type { Offset, Span } from '../../text/index.ts';
import type { Scanner } from './scanner.ts';

/** Where the last of these ends; the last token's end when nothing in a block could be read. */
export function endOf(scanner: Scanner, blocks: readonly Span[]): Offset {
  return blocks[blocks.length - 1]?.end ?? scanner.lastEnd;
}
