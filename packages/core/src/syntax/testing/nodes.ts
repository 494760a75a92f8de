import type { Expr } from '../expr.ts';
import type { Stmt } from '../stmt.ts';

export type SyntaxNode = Expr | Stmt;

const isNode = (value: object): value is SyntaxNode => 'kind' in value;

/** Every statement and expression below a value, parents first, annotations and patterns' parts included. For tests. */
export function* nodesIn(value: unknown): Generator<SyntaxNode> {
  if (typeof value !== 'object' || value === null) return;
  if (isNode(value)) yield value;
  for (const part of Object.values(value)) yield* nodesIn(part);
}

/** The nodes right below one, in no particular order. */
export function childNodes(node: SyntaxNode): SyntaxNode[] {
  const out: SyntaxNode[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isNode(value)) out.push(value);
    else for (const part of Object.values(value)) visit(part);
  };
  for (const part of Object.values(node)) visit(part);
  return out;
}
