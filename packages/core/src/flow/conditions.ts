import type { Call, Expr } from '../syntax/index.ts';
import { KEEPS_ALL } from './own-values.ts';
import { wordsOf } from './same-words.ts';

/** Methods that raise where they find several rows. */
export const ONE = /^a?(get|get_or_create|update_or_create)$/;
/** Methods that take one of the rows that are there. */
const TAKES = /^a?(earliest|latest|first|last)$/;

/** What a chain asks for, in its own words: each argument of its filters, and calls that nothing is known of as they are. */
export function conditions(expr: Expr): readonly string[] {
  const out: string[] = [];
  let at = expr.kind === 'Await' ? expr.value : expr;
  for (; at.kind === 'Call' && at.func.kind === 'Attribute'; at = at.func.value)
    if (!KEEPS_ALL.test(at.func.attr) && !TAKES.test(at.func.attr)) out.push(...asked(at, at.func.attr));
  return out;
}

function asked(call: Call, method: string): readonly string[] {
  if (!ONE.test(method) && !/^a?filter$/.test(method)) return [wordsOf(call)];
  return call.args
    .filter(({ name }) => name !== 'defaults')
    .map((arg) => `${String(arg.star)} ${arg.name ?? ''} ${wordsOf(arg.value)}`);
}
