import type { Program, Rows } from '../project/index.ts';
import { stmtExprs, walkExpr, walkStmts } from '../syntax/index.ts';

/** True when a manager's own `get_queryset` leaves rows out: one that a foreign key points to may be missing there. */
export function hidesRows(program: Program, rows: Rows | null): boolean {
  if (rows === null || rows.cls === null || rows.related) return false;
  const method = program.hierarchy.member(rows.cls, 'get_queryset')?.method ?? null;
  let hides = false;
  walkStmts(method?.body ?? [], (stmt) => {
    if (stmt.kind !== 'Return') return;
    for (const expr of stmtExprs(stmt)) {
      walkExpr(expr, (part) => {
        if (
          part.kind === 'Call' &&
          part.func.kind === 'Attribute' &&
          /^(filter|exclude)$/.test(part.func.attr) &&
          part.args.length > 0
        )
          hides = true;
      });
    }
  });
  return hides;
}
