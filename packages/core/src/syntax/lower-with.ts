import type { ExprLowering } from './lower-expr.ts';
import type { WithItem } from './stmt.ts';

/** The items of a `with` statement; the brackets around several items are not a tuple, as in CPython's grammar. */
export function lowerWithItems(low: ExprLowering, node: number): WithItem[] {
  const { tree } = low;
  const clauses = tree.named(node).filter((child) => tree.kind(child) === 'with_clause');
  const values = clauses.flatMap((clause) => tree.named(clause)).map((item) => tree.named(item)[0] ?? -1);
  const only = values.length === 1 ? (values[0] ?? -1) : -1;
  const bracketed = ['tuple', 'parenthesized_expression'].includes(tree.kind(only))
    ? tree.named(only)
    : values;
  return bracketed.map((value) => item(low, value));
}

function item(low: ExprLowering, node: number): WithItem {
  if (low.tree.kind(node) !== 'as_pattern') return { context: low.expr(node), target: null };
  const [context, target] = low.tree.named(node);
  return { context: low.expr(context ?? -1), target: low.optional(target ?? -1) };
}
