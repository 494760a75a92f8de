import { enclosingStmts, type Expr, type Stmt } from '../syntax/index.ts';
import { lastName } from './site-table.ts';

/** What runs the block around a place again, `for attempt in Retrying(...)` with `with attempt:` inside; null when nothing does. */
export function retriedBlock(body: readonly Stmt[], at: Expr): string | null {
  const around = enclosingStmts(body, at);
  for (const stmt of around) {
    if (stmt.kind !== 'For' || stmt.iter.kind !== 'Call' || stmt.target.kind !== 'Name') continue;
    const { id } = stmt.target;
    const inside = around.some(
      (inner) =>
        inner.kind === 'With' &&
        inner.items.some(({ context }) => context.kind === 'Name' && context.id === id),
    );
    if (inside) return lastName(stmt.iter.func);
  }
  return null;
}
