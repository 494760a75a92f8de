import { type Stmt, stmtBlocks } from '../syntax/index.ts';

/** The block that holds a statement directly; empty when it stands elsewhere. */
export function blockOf(body: readonly Stmt[], stmt: Stmt): readonly Stmt[] {
  if (body.includes(stmt)) return body;
  for (const outer of body) {
    if (outer.start > stmt.start || outer.end < stmt.end) continue;
    for (const block of stmtBlocks(outer)) {
      const found = blockOf(block, stmt);
      if (found.length > 0) return found;
    }
  }
  return [];
}
