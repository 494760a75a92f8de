import type { Name } from './expr.ts';
import type { ExprLowering } from './lower-expr.ts';
import type { StmtLowering } from './lower-stmt.ts';
import { type MatchCase, namesNone, type Stmt } from './stmt.ts';

export function lowerMatch(stmts: StmtLowering, node: number): Stmt {
  const { tree, low } = stmts;
  const block = tree.field(node, 'body');
  const subjects = tree.named(node).filter((child) => tree.fieldOf(child) === 'subject');
  const clauses = tree.named(block < 0 ? node : block).filter((child) => tree.kind(child) === 'case_clause');
  const cases = clauses.map((child) => lowerCase(stmts, child));
  const at = stmts.around(node, cases);
  return { kind: 'Match', ...at, subject: low.listed(subjects, node), cases };
}

function lowerCase(stmts: StmtLowering, node: number): MatchCase {
  const { tree, low } = stmts;
  const guardNode = tree.field(node, 'guard');
  const patterns = tree.named(node).filter((child) => tree.kind(child) === 'case_pattern');
  const text = patterns.map((child) => low.textOf(child)).join(',');
  const guard = guardNode < 0 ? null : low.first(guardNode);
  const body = stmts.body(node, 'consequence');
  return {
    ...stmts.around(node, body),
    binds: patterns.flatMap((child) => bound(low, child)),
    none: namesNone(text),
    irrefutable:
      guard === null && /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text) && !['None', 'True', 'False'].includes(text),
    guard,
    body,
  };
}

/** The names that a pattern captures. */
function bound(low: ExprLowering, node: number): Name[] {
  const { tree } = low;
  const parts = tree.named(node);
  switch (tree.kind(node)) {
    case 'identifier':
      return [low.name(node)];
    case 'dotted_name':
      return parts.length === 1 && parts[0] !== undefined ? [low.name(parts[0])] : [];
    case 'class_pattern':
    case 'keyword_pattern':
      return parts.slice(1).flatMap((child) => bound(low, child));
    default:
      return parts.flatMap((child) => bound(low, child));
  }
}
