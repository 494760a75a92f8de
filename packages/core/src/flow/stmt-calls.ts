import { type Call, type Stmt, stmtExprs, walkExpr } from '../syntax/index.ts';

/** The calls of a statement itself: of an `if`, those of its test. */
export function stmtCalls(stmt: Stmt): readonly Call[] {
  const out: Call[] = [];
  for (const expr of stmtExprs(stmt))
    walkExpr(expr, (part) => {
      if (part.kind === 'Call') out.push(part);
    });
  return out;
}
