import { offset, type Offset, type Span } from '../../text/index.ts';

/** Where the last of these ends; blocks are never empty. */
export function endOf(blocks: readonly Span[]): Offset {
  return blocks[blocks.length - 1]?.end ?? offset(0);
}
