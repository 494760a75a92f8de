import type { Name } from '../expr.ts';
import type { ExpressionParser } from './expression.ts';
import { giveUp } from './give-up.ts';
import { parseStrings } from './strings.ts';
import * as t from './token.ts';

/** Reads what stands behind `case`, and collects the names that it binds, in source order. */
export function parsePatterns(p: ExpressionParser, binds: Name[]): void {
  const starred = p.kind === t.STAR;
  starOrPattern(p, binds);
  if (p.kind !== t.COMMA && starred) giveUp();
  while (p.eat(t.COMMA) && p.kind !== t.COLON && p.kind !== t.IF) starOrPattern(p, binds);
}

function starOrPattern(p: ExpressionParser, binds: Name[]): void {
  if (p.eat(t.STAR)) capture(p, binds);
  else pattern(p, binds);
}

/** Alternatives, with the name given to all of them. */
function pattern(p: ExpressionParser, binds: Name[]): void {
  p.enter();
  do closed(p, binds);
  while (p.eat(t.VBAR));
  if (p.eat(t.AS)) {
    if (p.isName('_')) giveUp();
    capture(p, binds);
  }
  p.leave();
}

/** A name that the pattern binds; `_` binds none. */
function capture(p: ExpressionParser, binds: Name[]): void {
  const { start, end } = p;
  const id = p.takeName();
  if (id !== '_') binds.push({ kind: 'Name', start, end, id });
}

function closed(p: ExpressionParser, binds: Name[]): void {
  switch (p.kind) {
    case t.NAME:
      return named(p, binds);
    case t.LPAR:
      return sequence(p, binds, t.RPAR);
    case t.LSQB:
      return sequence(p, binds, t.RSQB);
    case t.LBRACE:
      return mapping(p, binds);
    default:
      literal(p);
  }
}

/** A number with its sign, a complex one (`1 + 2j`), a string, or a constant. */
function literal(p: ExpressionParser): void {
  switch (p.kind) {
    case t.NONE:
    case t.TRUE:
    case t.FALSE:
      return p.advance();
    case t.STRING:
      if (parseStrings(p).kind !== 'Constant') giveUp();
      return;
    default:
      p.eat(t.MINUS);
      p.expect(t.NUMBER);
      if (p.eat(t.PLUS) || p.eat(t.MINUS)) imaginary(p);
  }
}

function imaginary(p: ExpressionParser): void {
  if (!/[jJ]$/.test(p.word())) giveUp();
  p.expect(t.NUMBER);
}

/** A capture, a dotted name that is compared with, or a class. */
function named(p: ExpressionParser, binds: Name[]): void {
  const { start, end } = p;
  const id = p.takeName();
  if (p.kind !== t.DOT && p.kind !== t.LPAR) {
    if (id !== '_') binds.push({ kind: 'Name', start, end, id });
    return;
  }
  if (id === '_') giveUp();
  while (p.eat(t.DOT)) p.takeName();
  if (p.eat(t.LPAR)) classArguments(p, binds);
}

function classArguments(p: ExpressionParser, binds: Name[]): void {
  let keywords = false;
  while (p.kind !== t.RPAR) {
    if (p.kind === t.NAME && p.beforeEqual()) {
      keywords = true;
      p.advance();
      p.advance();
    } else if (keywords) giveUp();
    pattern(p, binds);
    if (p.kind !== t.RPAR) p.expect(t.COMMA);
  }
  p.advance();
}

/** In brackets: a sequence, or with round ones and no comma a group. */
function sequence(p: ExpressionParser, binds: Name[], close: number): void {
  p.advance();
  const starred = p.kind === t.STAR;
  for (let count = 0; p.kind !== close; count++) {
    starOrPattern(p, binds);
    if (p.kind !== close) p.expect(t.COMMA);
    else if (starred && count === 0 && close === t.RPAR) giveUp();
  }
  p.advance();
}

function mapping(p: ExpressionParser, binds: Name[]): void {
  p.advance();
  while (p.kind !== t.RBRACE) {
    if (p.eat(t.DOUBLE_STAR)) {
      if (p.isName('_')) giveUp();
      capture(p, binds);
      p.eat(t.COMMA);
      if (p.kind !== t.RBRACE) giveUp();
      break;
    }
    key(p);
    p.expect(t.COLON);
    pattern(p, binds);
    if (p.kind !== t.RBRACE) p.expect(t.COMMA);
  }
  p.advance();
}

function key(p: ExpressionParser): void {
  if (p.kind !== t.NAME) return literal(p);
  p.advance();
  if (p.kind !== t.DOT) giveUp();
  while (p.eat(t.DOT)) p.takeName();
}
