import type { Offset } from '../../text/index.ts';
import type { Expr } from '../expr.ts';
import { fitted } from '../fitted.ts';
import type { Handler, Stmt } from '../stmt.ts';
import { endOf } from './end-of.ts';
import { giveUp } from './give-up.ts';
import type { StatementParser } from './statement.ts';
import * as t from './token.ts';

const NO_STATEMENTS: readonly Stmt[] = [];

export function parseTry(p: StatementParser): Stmt {
  const start = p.start;
  p.advance();
  const body = p.block();
  const handlers: Handler[] = [];
  let group: boolean | null = null;
  while (p.kind === t.EXCEPT) {
    const at = p.start;
    p.advance();
    const starred = p.eat(t.STAR);
    if (group !== null && group !== starred) giveUp();
    group = starred;
    handlers.push(handler(p, at));
    if (starred && handlers[handlers.length - 1]?.type === null) giveUp();
  }
  const orelse = handlers.length > 0 ? p.clause(t.ELSE) : NO_STATEMENTS;
  const finalbody = p.clause(t.FINALLY);
  if (handlers.length === 0 && finalbody.length === 0) giveUp();
  const end = endOf(p, [finalbody, orelse, handlers].find((list) => list.length > 0) ?? body);
  return { kind: 'Try', start, end, body, handlers: fitted(handlers), orelse, finalbody };
}

function handler(p: StatementParser, start: Offset): Handler {
  const type = p.kind === t.COLON ? null : caught(p);
  const name = type !== null && p.eat(t.AS) ? p.takeName() : null;
  const body = p.block();
  return { start, end: endOf(p, body), type, name, body };
}

/** One type, or several without brackets (PEP 758). Python 2's `except A, e` is given up. */
function caught(p: StatementParser): Expr {
  const start = p.start;
  const first = p.expression();
  if (p.kind !== t.COMMA) return first;
  const elts = [first];
  while (p.eat(t.COMMA)) elts.push(p.expression());
  const second = elts[1];
  if (p.kind === t.AS || (elts.length === 2 && second?.kind === 'Name' && isLower(second.id))) giveUp();
  return { kind: 'Tuple', start, end: p.lastEnd, elts };
}

const isLower = (name: string): boolean => /^[a-z_]/.test(name);
