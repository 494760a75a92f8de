import type { Argument } from '../expr.ts';
import { fitted } from '../fitted.ts';
import { parseGenerators } from './comprehension.ts';
import type { ExpressionParser } from './expression.ts';
import { giveUp } from './give-up.ts';
import * as t from './token.ts';

const NO_ARGUMENTS: readonly Argument[] = [];

/** The arguments of a call, or the bases of a class, from `(` to behind `)`. */
export function parseArguments(p: ExpressionParser): readonly Argument[] {
  const open = p.start;
  p.advance();
  if (p.eat(t.RPAR)) return NO_ARGUMENTS;
  p.enter();
  const out = [argument(p, 0)];
  if (p.kind === t.FOR || p.kind === t.ASYNC) {
    const element = out[0]?.star === 0 && out[0].name === null ? out[0].value : giveUp();
    const generators = parseGenerators(p);
    p.expect(t.RPAR);
    p.leave();
    const at = { start: open, end: p.lastEnd };
    return [
      { name: null, star: 0, value: { kind: 'GeneratorExp', ...at, element, value: null, generators } },
    ];
  }
  let stage = stageOf(out[0]);
  while (p.eat(t.COMMA) && p.kind !== t.RPAR) {
    const next = argument(p, stage);
    out.push(next);
    stage = Math.max(stage, stageOf(next));
  }
  p.expect(t.RPAR);
  p.leave();
  return fitted(out);
}

/** 2 from `**kwargs` on, 1 from the first keyword on. */
function stageOf(arg: Argument | undefined): number {
  return arg === undefined ? 0 : arg.star === 2 ? 2 : arg.name === null ? 0 : 1;
}

/** After a keyword none may stand by its position, after `**` none may be unpacked with `*`. */
function argument(p: ExpressionParser, stage: number): Argument {
  if (p.kind === t.NAME && p.beforeEqual()) {
    const name = p.takeName();
    p.advance();
    return { name, star: 0, value: p.expression() };
  }
  if (p.kind === t.STAR) {
    if (stage > 1) giveUp();
    p.advance();
    return { name: null, star: 1, value: p.expression() };
  }
  if (p.eat(t.DOUBLE_STAR)) return { name: null, star: 2, value: p.expression() };
  const start = p.start;
  const value = p.named();
  if (p.kind === t.EQUAL) {
    if (value.kind !== 'Name' || value.start !== start || value.end !== p.lastEnd) return giveUp();
    p.advance();
    return { name: value.id, star: 0, value: p.expression() };
  }
  return stage > 0 ? giveUp() : { name: null, star: 0, value };
}
