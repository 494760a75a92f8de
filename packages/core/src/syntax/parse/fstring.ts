import type { Expr } from '../expr.ts';
import * as ch from './chars.ts';
import type { ExpressionParser } from './expression.ts';
import { giveUp } from './give-up.ts';
import * as t from './token.ts';

/** Deepest nesting of braces in format specifiers; CPython allows the same. */
const MAX_SPECIFIERS = 2;

/**
 * Reads an f-string or t-string (PEP 701, PEP 750), whose opening quote is the current token, up to its end, and collects the
 * expressions in its braces, those of format specifiers included. Afterwards the current token is a whole string.
 */
export function parseFString(p: ExpressionParser, values: Expr[]): void {
  const { bodyStart, quote, triple, raw, bytes, template } = p;
  p.enter();
  let pos = bodyStart;
  for (;;) {
    const code = p.at(pos);
    if (code === quote && (!triple || (p.at(pos + 1) === quote && p.at(pos + 2) === quote))) break;
    if (code === ch.OPEN_BRACE) pos = p.at(pos + 1) === code ? pos + 2 : field(p, pos, values, 0);
    else if (code === ch.CLOSE_BRACE) pos = p.at(pos + 1) === code ? pos + 2 : giveUp();
    else if (code === ch.BACKSLASH) pos = escapeEnd(p, pos, raw);
    else if (pos >= p.length || (!triple && (code === ch.LF || code === ch.CR))) giveUp();
    else pos++;
  }
  p.leave();
  p.bodyStart = bodyStart;
  p.bodyEnd = pos;
  p.bytes = bytes;
  p.template = template;
  p.jump(pos + (triple ? 3 : 1), t.STRING);
}

/** The end of what a backslash stands for outside of braces. */
function escapeEnd(p: ExpressionParser, backslash: number, raw: boolean): number {
  const next = p.at(backslash + 1);
  if (next === ch.OPEN_BRACE || next === ch.CLOSE_BRACE) return backslash + 1;
  if (raw || next !== CAPITAL_N || p.at(backslash + 2) !== ch.OPEN_BRACE) {
    return next === ch.CR ? backslash + 3 : backslash + 2;
  }
  const close = p.text.indexOf('}', backslash);
  return close < 0 ? giveUp() : close + 1;
}

const CAPITAL_N = 78;

/** An expression in braces with its conversion and format; gives the offset behind the closing brace. */
function field(p: ExpressionParser, open: number, values: Expr[], specifiers: number): number {
  const { depth, fieldDepth, quote } = p;
  const { triple } = p;
  p.depth = depth + 1;
  p.fieldDepth = p.depth;
  p.jump(open + 1, t.LBRACE);
  p.advance();
  values.push(p.listOrYield());
  p.eat(t.EQUAL);
  if (p.kind === t.BANG) conversion(p);
  p.quote = quote;
  p.triple = triple;
  let past: number = p.end;
  if (p.kind === t.COLON) past = specifier(p, p.end, values, specifiers);
  else if (p.kind !== t.RBRACE) giveUp();
  p.depth = depth;
  p.fieldDepth = fieldDepth;
  return past;
}

function conversion(p: ExpressionParser): void {
  const from = p.end;
  p.advance();
  if (p.start !== from || !(p.isName('r') || p.isName('s') || p.isName('a'))) giveUp();
  p.advance();
}

/** A format; gives the offset behind the brace that closes the field. */
function specifier(p: ExpressionParser, start: number, values: Expr[], outer: number): number {
  const { quote } = p;
  let pos = start;
  for (;;) {
    const code = p.at(pos);
    if (code === ch.CLOSE_BRACE) return pos + 1;
    if (code === ch.OPEN_BRACE) {
      if (p.at(pos + 1) === code || outer + 1 >= MAX_SPECIFIERS) giveUp();
      pos = field(p, pos, values, outer + 1);
    } else if (
      code === quote ||
      code === ch.BACKSLASH ||
      code === ch.LF ||
      code === ch.CR ||
      pos >= p.length
    ) {
      giveUp();
    } else pos++;
  }
}
