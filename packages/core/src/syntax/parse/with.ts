import type { Offset } from '../../text/index.ts';
import { fitted } from '../fitted.ts';
import type { Stmt, WithItem } from '../stmt.ts';
import { parseGenerators } from './comprehension.ts';
import { endOf } from './end-of.ts';
import { giveUp } from './give-up.ts';
import { closesBeforeColon, lookAhead } from './lookahead.ts';
import type { StatementParser } from './statement.ts';
import { parseTarget } from './target.ts';
import * as t from './token.ts';

/** `start` is that of `async`, if there is one. The current token is `with`. */
export function parseWith(p: StatementParser, start: Offset, async: boolean): Stmt {
  p.advance();
  const items = p.kind === t.LPAR && lookAhead(p, closesBeforeColon) ? bracketed(p) : plain(p);
  const body = p.block();
  return { kind: 'With', start, end: endOf(p, body), items, body, async };
}

function plain(p: StatementParser): readonly WithItem[] {
  const items: WithItem[] = [];
  do {
    const context = p.expression();
    items.push({ context, target: p.eat(t.AS) ? parseTarget(p) : null });
  } while (p.eat(t.COMMA));
  return fitted(items);
}

/** The brackets around all items are no tuple (PEP 617). */
function bracketed(p: StatementParser): readonly WithItem[] {
  const start = p.start;
  p.advance();
  const items: WithItem[] = [];
  do {
    const context = p.kind === t.STAR || p.kind === t.YIELD ? giveUp() : p.named();
    if ((p.kind === t.FOR || p.kind === t.ASYNC) && items.length === 0) {
      const generators = parseGenerators(p);
      p.expect(t.RPAR);
      const at = { start, end: p.lastEnd };
      const value = { kind: 'GeneratorExp' as const, ...at, element: context, value: null, generators };
      return [{ context: value, target: null }];
    }
    items.push({ context, target: p.eat(t.AS) ? parseTarget(p) : null });
  } while (p.eat(t.COMMA) && p.kind !== t.RPAR);
  p.expect(t.RPAR);
  return fitted(items);
}
