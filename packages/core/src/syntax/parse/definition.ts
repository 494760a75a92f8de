import type { Offset } from '../../text/index.ts';
import type { Argument, Expr } from '../expr.ts';
import { fitted } from '../fitted.ts';
import type { Stmt } from '../stmt.ts';
import { parseArguments } from './arguments.ts';
import { endOf } from './end-of.ts';
import { giveUp } from './give-up.ts';
import { parseParams } from './parameters.ts';
import type { StatementParser } from './statement.ts';
import * as t from './token.ts';
import { skipTypeParameters } from './type-parameters.ts';

const NO_BASES: readonly Argument[] = [];

export function parseDecorated(p: StatementParser): Stmt {
  const start = p.start;
  const decorators: Expr[] = [];
  while (p.eat(t.AT)) {
    decorators.push(p.named());
    p.checkHeight();
    p.expect(t.NEWLINE);
  }
  if (p.kind === t.CLASS) return parseClass(p, start, fitted(decorators));
  const async = p.eat(t.ASYNC);
  return p.kind === t.DEF ? parseFunction(p, start, fitted(decorators), async) : giveUp();
}

/** `start` is that of the first decorator, or of `async`. The current token is `def`. */
export function parseFunction(
  p: StatementParser,
  start: Offset,
  decorators: readonly Expr[],
  async: boolean,
): Stmt {
  p.advance();
  const nameSpan = { start: p.start, end: p.end };
  const name = p.takeName();
  const saved = p.sawYield;
  skipTypeParameters(p);
  p.expect(t.LPAR);
  const params = parseParams(p, t.RPAR);
  p.expect(t.RPAR);
  const returns = p.eat(t.ARROW) ? p.expression() : null;
  p.sawYield = false;
  const body = p.body();
  const generator = p.sawYield;
  p.sawYield = saved;
  const end = endOf(p, body);
  return {
    kind: 'FunctionDef',
    start,
    end,
    name,
    nameSpan,
    params,
    returns,
    decorators,
    body,
    async,
    generator,
  };
}

/** `start` is that of the first decorator. The current token is `class`. */
export function parseClass(p: StatementParser, start: Offset, decorators: readonly Expr[]): Stmt {
  p.advance();
  const nameSpan = { start: p.start, end: p.end };
  const name = p.takeName();
  skipTypeParameters(p);
  const open = p.start;
  const bases = p.kind === t.LPAR ? parseArguments(p) : NO_BASES;
  const first = bases[0]?.value;
  if (first?.kind === 'GeneratorExp' && first.start === open) giveUp(); // only a call's brackets can be a generator's too
  const body = p.block();
  return { kind: 'ClassDef', start, end: endOf(p, body), name, nameSpan, bases, decorators, body };
}
