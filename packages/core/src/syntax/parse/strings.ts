import type { Offset } from '../../text/index.ts';
import type { Expr } from '../expr.ts';
import { joinedEnds, keptValue } from '../lower-string.ts';
import type { ExpressionParser } from './expression.ts';
import { parseFString } from './fstring.ts';
import { giveUp } from './give-up.ts';
import * as t from './token.ts';

const isString = (p: ExpressionParser): boolean => p.kind === t.STRING || p.kind === t.FSTRING;

/** A string, or several one behind the other. */
export function parseStrings(p: ExpressionParser): Expr {
  const { start, bytes } = p;
  if (p.kind === t.STRING) {
    const value = body(p);
    p.advance();
    return isString(p) ? concatenated(p, start, bytes, value) : constant(start, p.lastEnd, bytes, value);
  }
  return concatenated(p, start, bytes, '');
}

const body = (p: ExpressionParser): string => p.text.slice(p.bodyStart, p.bodyEnd);

function constant(start: Offset, end: Offset, bytes: boolean, value: string): Expr {
  const type = bytes ? 'bytes' : 'str';
  return { kind: 'Constant', start, end, type, value: keptValue(value) };
}

/** `before` is the value of what was read already. */
function concatenated(p: ExpressionParser, start: Offset, bytes: boolean, before: string): Expr {
  const values: Expr[] = [];
  let value = before;
  const template = p.start === start && p.template;
  while (isString(p)) {
    if (p.bytes !== bytes || p.template !== template) giveUp();
    if (p.kind === t.FSTRING) parseFString(p, values);
    value += body(p);
    p.advance();
  }
  return values.length > 0
    ? { kind: 'JoinedStr', start, end: p.lastEnd, ...joinedEnds(value), values }
    : constant(start, p.lastEnd, bytes, value);
}
