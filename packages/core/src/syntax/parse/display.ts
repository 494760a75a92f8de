import type { Offset } from '../../text/index.ts';
import type { Comprehension, Dict, Expr } from '../expr.ts';
import { fitted } from '../fitted.ts';
import { parseGenerators } from './comprehension.ts';
import type { ExpressionParser } from './expression.ts';
import { giveUp } from './give-up.ts';
import * as t from './token.ts';

const NO_ELEMENTS: readonly Expr[] = [];
const NO_ENTRIES: Dict['entries'] = [];

const startsClause = (p: ExpressionParser): boolean => p.kind === t.FOR || p.kind === t.ASYNC;

/** What stands in round brackets: a tuple, a generator, or an expression, which the brackets are no part of. */
export function parseGroup(p: ExpressionParser): Expr {
  const start = p.start;
  p.advance();
  if (p.eat(t.RPAR)) return { kind: 'Tuple', start, end: p.lastEnd, elts: NO_ELEMENTS };
  p.enter();
  const bareYield = p.kind === t.YIELD;
  const first = bareYield ? p.yielded() : p.starOrNamed();
  if (startsClause(p)) return comprehension(p, 'GeneratorExp', start, first, null, t.RPAR);
  if (p.kind === t.COMMA && !bareYield) {
    const elts = elements(p, first, t.RPAR);
    return { kind: 'Tuple', start, end: p.lastEnd, elts };
  }
  if (first.kind === 'Starred') giveUp();
  p.expect(t.RPAR);
  p.leave();
  return first;
}

/** A list or a list comprehension. */
export function parseBrackets(p: ExpressionParser): Expr {
  const start = p.start;
  p.advance();
  if (p.eat(t.RSQB)) return { kind: 'List', start, end: p.lastEnd, elts: NO_ELEMENTS };
  p.enter();
  const first = p.starOrNamed();
  if (startsClause(p)) return comprehension(p, 'ListComp', start, first, null, t.RSQB);
  const elts = elements(p, first, t.RSQB);
  return { kind: 'List', start, end: p.lastEnd, elts };
}

/** A dict, a set, or a comprehension of either. */
export function parseBraces(p: ExpressionParser): Expr {
  const start = p.start;
  p.advance();
  if (p.eat(t.RBRACE)) return { kind: 'Dict', start, end: p.lastEnd, entries: NO_ENTRIES };
  p.enter();
  if (p.kind === t.DOUBLE_STAR) return dict(p, start, []);
  const first = p.starOrNamed();
  if (p.kind === t.COLON) return keyed(p, start, first);
  if (startsClause(p)) return comprehension(p, 'SetComp', start, first, null, t.RBRACE);
  const elts = elements(p, first, t.RBRACE);
  return { kind: 'Set', start, end: p.lastEnd, elts };
}

/** The elements behind the first one, and the bracket that closes them. */
function elements(p: ExpressionParser, first: Expr, close: number): readonly Expr[] {
  const elts = [first];
  while (p.eat(t.COMMA) && p.kind !== close) elts.push(p.starOrNamed());
  p.expect(close);
  p.leave();
  return fitted(elts);
}

function comprehension(
  p: ExpressionParser,
  kind: Comprehension['kind'],
  start: Offset,
  element: Expr,
  value: Expr | null,
  close: number,
): Expr {
  if (element.kind === 'Starred' || element.kind === 'Yield') checkElement(p, element);
  const generators = parseGenerators(p);
  p.expect(close);
  p.leave();
  return { kind, start, end: p.lastEnd, element, value, generators };
}

/** `(yield)` in brackets of its own may be an element; nothing bare, nothing starred. */
function checkElement(p: ExpressionParser, element: Expr): void {
  if (element.kind === 'Starred' || element.end === p.lastEnd) giveUp();
}

function keyed(p: ExpressionParser, start: Offset, key: Expr): Expr {
  if (key.kind === 'Starred' || isBareNamed(p, key)) giveUp();
  p.advance();
  const value = p.expression();
  if (startsClause(p)) return comprehension(p, 'DictComp', start, key, value, t.RBRACE);
  const entries = [{ key, value }];
  if (p.kind !== t.RBRACE) p.expect(t.COMMA);
  return dict(p, start, entries);
}

const isBareNamed = (p: ExpressionParser, key: Expr): boolean =>
  key.kind === 'NamedExpr' && key.end === p.lastEnd;

function dict(p: ExpressionParser, start: Offset, entries: { key: Expr | null; value: Expr }[]): Expr {
  while (p.kind !== t.RBRACE) {
    if (p.eat(t.DOUBLE_STAR)) entries.push({ key: null, value: p.operators(t.BITOR_POWER) });
    else {
      const key = p.expression();
      p.expect(t.COLON);
      entries.push({ key, value: p.expression() });
    }
    if (p.kind !== t.RBRACE) p.expect(t.COMMA);
  }
  p.advance();
  p.leave();
  return { kind: 'Dict', start, end: p.lastEnd, entries: fitted(entries) };
}
