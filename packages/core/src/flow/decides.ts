import type { Expr, Stmt } from '../syntax/index.ts';
import { ranBefore } from './ran-before.ts';

/** False for what stands in the test of an `if` before a place neither of whose branches leaves: the place runs either way. */
export function decides(
  body: readonly Stmt[],
  at: Expr,
  { start, end }: Pick<Expr, 'start' | 'end'>,
): boolean {
  const stmt = ranBefore(body, at).find((each) => each.start <= start && end <= each.end);
  return stmt?.kind !== 'If' || leaves(stmt.body) || leaves(stmt.orelse);
}

function leaves(body: readonly Stmt[]): boolean {
  return /^(Return|Raise|Continue|Break)$/.test(body.at(-1)?.kind ?? '');
}
