import type { ExpressionParser } from './expression.ts';
import { giveUp } from './give-up.ts';
import { parseStrings } from './strings.ts';
import * as t from './token.ts';

/** Runs `look` and goes back to the current token. It must not go beyond the end of the logical line. */
export function lookAhead<T>(p: ExpressionParser, look: (p: ExpressionParser) => T): T {
  const { kind, start, end, lastEnd, depth, sawYield } = p;
  const comments = p.comments.length;
  const found = look(p);
  p.kind = kind;
  p.start = start;
  p.end = end;
  p.lastEnd = lastEnd;
  p.depth = depth;
  p.sawYield = sawYield;
  p.comments.length = comments;
  return found;
}

/** Steps over one token; over strings as a whole. */
function step(p: ExpressionParser): void {
  if (p.kind === t.FSTRING) parseStrings(p);
  else p.advance();
}

/** From an opening bracket: true when a colon follows the bracket that closes it. */
export function closesBeforeColon(p: ExpressionParser): boolean {
  const outside = p.depth - 1;
  do step(p);
  while (p.depth > outside && p.kind !== t.EOF);
  if (p.depth < outside) giveUp();
  step(p);
  return p.kind === t.COLON;
}

/** True when the logical line ends with a colon outside of brackets. */
export function lineEndsWithColon(p: ExpressionParser): boolean {
  let last = p.kind;
  while (p.kind !== t.NEWLINE && p.kind !== t.EOF) {
    last = p.kind;
    step(p);
  }
  return last === t.COLON;
}
