import type { Offset } from '../../text/index.ts';
import type { Stmt } from '../stmt.ts';
import { endOf } from './end-of.ts';
import { giveUp } from './give-up.ts';
import type { StatementParser } from './statement.ts';
import { parseTargets } from './target.ts';
import * as t from './token.ts';

/** Longer chains of `elif` are given up: they nest. */
const MAX_ELIFS = 98;

/** `if` and, nested in its `orelse`, each `elif`. `elifs` counts those before it. */
export function parseIf(p: StatementParser, elifs: number): Stmt {
  if (elifs > MAX_ELIFS) giveUp();
  const start = p.start;
  p.advance();
  const test = p.named();
  const body = p.block();
  const orelse = p.kind === t.ELIF ? [parseIf(p, elifs + 1)] : p.clause(t.ELSE);
  const end = endOf(p, orelse.length > 0 ? orelse : body);
  return { kind: 'If', start, end, test, body, orelse, elif: elifs > 0 };
}

export function parseWhile(p: StatementParser): Stmt {
  const start = p.start;
  p.advance();
  const test = p.named();
  const body = p.block();
  const orelse = p.clause(t.ELSE);
  return { kind: 'While', start, end: endOf(p, orelse.length > 0 ? orelse : body), test, body, orelse };
}

export function parseFor(p: StatementParser, start: Offset, async: boolean): Stmt {
  p.advance();
  const target = parseTargets(p);
  p.expect(t.IN);
  const iter = p.list();
  const body = p.block();
  const orelse = p.clause(t.ELSE);
  const end = endOf(p, orelse.length > 0 ? orelse : body);
  return { kind: 'For', start, end, target, iter, body, orelse, async };
}
