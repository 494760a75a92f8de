import type { Expr } from './expr.ts';
import type { ExprLowering } from './lower-expr.ts';

/** Type annotations have a grammar of their own; they are given the shape of the expressions they stand for. Null for other nodes. */
export function lowerAnnotation(low: ExprLowering, node: number, kind: string): Expr | null {
  const { tree } = low;
  const at = low.spanOf(node);
  const [left, right] = tree.named(node);
  if (left === undefined || right === undefined) return null;
  switch (kind) {
    case 'generic_type':
      return { kind: 'Subscript', ...at, value: low.expr(left), index: low.listed(tree.named(right), right) };
    case 'union_type':
      return { kind: 'BinOp', ...at, op: '|', left: low.expr(left), right: low.expr(right) };
    case 'member_type':
      return { kind: 'Attribute', ...at, value: low.expr(left), attr: low.textOf(right) };
    default:
      return null;
  }
}
