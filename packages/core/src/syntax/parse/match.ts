import type { Expr, Name } from '../expr.ts';
import { fitted } from '../fitted.ts';
import { type MatchCase, namesNone, type Stmt } from '../stmt.ts';
import { endOf } from './end-of.ts';
import type { ExpressionParser } from './expression.ts';
import { giveUp } from './give-up.ts';
import { lineEndsWithColon, lookAhead } from './lookahead.ts';
import { parsePatterns } from './pattern.ts';
import type { StatementParser } from './statement.ts';
import * as t from './token.ts';

/** A match statement; null when `match` is but a name here. */
export function parseMatch(p: StatementParser): Stmt | null {
  if (!lookAhead(p, isMatch)) return null;
  const start = p.start;
  p.advance();
  const subject = subjectOf(p);
  p.expect(t.COLON);
  p.checkHeight();
  p.expect(t.NEWLINE);
  p.expect(t.INDENT);
  const cases: MatchCase[] = [];
  do cases.push(parseCase(p));
  while (p.kind !== t.DEDENT);
  p.advance();
  return { kind: 'Match', start, end: endOf(p, cases), subject, cases: fitted(cases) };
}

/** An operator, a dot, a line end and so on behind `match` make it a name. */
function isMatch(p: ExpressionParser): boolean {
  p.advance();
  return p.startsExpression() && lineEndsWithColon(p);
}

function subjectOf(p: ExpressionParser): Expr {
  const start = p.start;
  const first = p.starOrNamed();
  if (p.kind !== t.COMMA) return first.kind === 'Starred' ? giveUp() : first;
  const elts = [first];
  while (p.eat(t.COMMA) && p.kind !== t.COLON) elts.push(p.starOrNamed());
  return { kind: 'Tuple', start, end: p.lastEnd, elts };
}

function parseCase(p: StatementParser): MatchCase {
  const start = p.start;
  if (!p.isName('case')) giveUp();
  p.advance();
  const { kind, start: pattern, end: first } = p;
  const binds: Name[] = [];
  parsePatterns(p, binds);
  const single = p.lastEnd === first;
  const none = namesNone(p.text.slice(pattern, p.lastEnd));
  const guard = p.eat(t.IF) ? p.named() : null;
  const body = p.block();
  return {
    start,
    end: endOf(p, body),
    binds,
    none,
    irrefutable: single && kind === t.NAME && guard === null,
    guard,
    body,
  };
}
