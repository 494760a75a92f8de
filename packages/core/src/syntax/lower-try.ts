import type { Expr } from './expr.ts';
import type { ExprLowering } from './lower-expr.ts';
import type { StmtLowering } from './lower-stmt.ts';
import type { Handler, Stmt } from './stmt.ts';

export function lowerTry(stmts: StmtLowering, node: number): Stmt {
  const { tree } = stmts;
  const clauses = tree.named(node);
  const find = (kind: string): number => clauses.find((child) => tree.kind(child) === kind) ?? -1;
  const body = stmts.body(node, 'body');
  const handlers = clauses
    .filter((child) => tree.kind(child) === 'except_clause')
    .map((child) => handler(stmts, child));
  const orelse = stmts.clause(find('else_clause'));
  const finalbody = stmts.clause(find('finally_clause'));
  const at = stmts.around(node, body, handlers, orelse, finalbody);
  return { kind: 'Try', ...at, body, handlers, orelse, finalbody };
}

function handler(stmts: StmtLowering, node: number): Handler {
  const body = stmts.clause(node);
  return { ...stmts.around(node, body), ...caught(stmts.low, node), body };
}

/** What an `except` names: `A as e`, Python 2's `A, e`, or several types without brackets (PEP 758). */
function caught(low: ExprLowering, node: number): { type: Expr | null; name: string | null } {
  const { tree } = low;
  const values = tree.named(node).filter((child) => tree.kind(child) !== 'block');
  const [first, second] = values;
  if (first === undefined) return { type: null, name: null };
  if (tree.kind(first) === 'as_pattern') {
    const [type, alias] = tree.named(first);
    return { type: low.expr(type ?? -1), name: low.textOf(alias ?? first) };
  }
  if (second === undefined) return { type: low.expr(first), name: null };
  const named =
    tree.fieldOf(second) === 'alias' || (values.length === 2 && /^[a-z_]\w*$/.test(low.textOf(second)));
  return named
    ? { type: low.expr(first), name: low.textOf(second) }
    : { type: low.listed(values, node), name: null };
}
