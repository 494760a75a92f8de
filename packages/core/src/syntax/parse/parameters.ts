import type { Expr, Param } from '../expr.ts';
import { fitted } from '../fitted.ts';
import type { ExpressionParser } from './expression.ts';
import { giveUp } from './give-up.ts';
import * as t from './token.ts';

const NO_PARAMS: readonly Param[] = [];

export function parseLambda(p: ExpressionParser): Expr {
  if (p.depth === p.fieldDepth) giveUp(); // in an f-string its colon would start the format
  const start = p.start;
  const saved = p.sawYield;
  p.advance();
  p.enter();
  const params = parseParams(p, t.COLON);
  p.expect(t.COLON);
  const body = p.expression();
  p.leave();
  p.sawYield = saved;
  return { kind: 'Lambda', start, end: p.lastEnd, params, body };
}

/** Parameters up to the token that closes them: `)` of a function, which has annotations, or `:` of a lambda. */
export function parseParams(p: ExpressionParser, close: number): readonly Param[] {
  if (p.kind === close) return NO_PARAMS;
  const out: Param[] = [];
  let defaults = false;
  let starred = false;
  let slashed = false;
  while (p.kind !== close) {
    if (p.kind === t.STAR) {
      if (starred) giveUp();
      starred = true;
      star(p, out, close);
    } else if (p.kind === t.SLASH) {
      if (slashed || starred || out.length === 0) giveUp();
      slashed = true;
      p.advance();
    } else if (p.kind === t.DOUBLE_STAR) {
      last(p, out, close);
      return fitted(out);
    } else {
      const param = plain(p, close);
      if (param.default !== null) defaults = true;
      else if (defaults && !starred) giveUp();
      out.push(param);
    }
    if (p.kind !== close) p.expect(t.COMMA);
  }
  return fitted(out);
}

function plain(p: ExpressionParser, close: number): Param {
  const start = p.start;
  const name = p.takeName();
  const annotation = close === t.RPAR && p.eat(t.COLON) ? p.expression() : null;
  const value = p.eat(t.EQUAL) ? p.expression() : null;
  return { start, end: p.lastEnd, name, annotation, default: value, star: 0 };
}

/** `*args`, or the bare `*`, behind which a name has to come. */
function star(p: ExpressionParser, out: Param[], close: number): void {
  const start = p.start;
  p.advance();
  if (p.kind === t.COMMA) {
    p.advance();
    if (p.kind !== t.NAME) giveUp();
    out.push(plain(p, close));
    return;
  }
  const name = p.takeName();
  const annotation = close === t.RPAR && p.eat(t.COLON) ? starAnnotation(p) : null;
  out.push({ start, end: p.lastEnd, name, annotation, default: null, star: 1 });
}

function starAnnotation(p: ExpressionParser): Expr {
  return p.kind === t.STAR ? p.starOrNamed() : p.expression();
}

function last(p: ExpressionParser, out: Param[], close: number): void {
  const start = p.start;
  p.advance();
  const name = p.takeName();
  const annotation = close === t.RPAR && p.eat(t.COLON) ? p.expression() : null;
  out.push({ start, end: p.lastEnd, name, annotation, default: null, star: 2 });
  p.eat(t.COMMA);
  if (p.kind !== close) giveUp();
}
