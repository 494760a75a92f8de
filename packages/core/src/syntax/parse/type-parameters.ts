import type { Stmt } from '../stmt.ts';
import type { ExpressionParser } from './expression.ts';
import { lookAhead } from './lookahead.ts';
import * as t from './token.ts';

/** Steps over type parameters (PEP 695, PEP 696), if there are any: nothing in the tree stands for them. */
export function skipTypeParameters(p: ExpressionParser): void {
  if (!p.eat(t.LSQB)) return;
  do {
    const starred = p.eat(t.STAR);
    const plain = !starred && !p.eat(t.DOUBLE_STAR);
    p.takeName();
    if (plain && p.eat(t.COLON)) p.expression();
    if (!p.eat(t.EQUAL)) continue;
    if (starred) p.starOrNamed();
    else p.expression();
  } while (p.eat(t.COMMA) && p.kind !== t.RSQB);
  p.expect(t.RSQB);
}

/** `type Name[T] = value` binds a name, as an assignment does. Null when `type` is but a name. */
export function parseTypeAlias(p: ExpressionParser): Stmt | null {
  const start = p.start;
  if (!lookAhead(p, nameFollows)) return null;
  p.advance();
  const at = { start: p.start, end: p.end };
  const id = p.takeName();
  skipTypeParameters(p);
  p.expect(t.EQUAL);
  const value = p.expression();
  const target = { kind: 'Name' as const, ...at, id };
  return { kind: 'Assign', start, end: p.lastEnd, targets: [target], annotation: null, value };
}

function nameFollows(p: ExpressionParser): boolean {
  p.advance();
  return p.kind === t.NAME;
}
