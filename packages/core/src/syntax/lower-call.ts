import type { Argument, Expr } from './expr.ts';
import type { ExprLowering } from './lower-expr.ts';

export function lowerCall(low: ExprLowering, node: number): Expr {
  const list = low.tree.field(node, 'arguments');
  const bare = low.tree.kind(list) === 'generator_expression';
  const args: readonly Argument[] = bare
    ? [{ name: null, star: 0, value: low.expr(list) }]
    : lowerArgs(low, list);
  return { kind: 'Call', ...low.spanOf(node), func: low.field(node, 'function'), args };
}

/** The arguments of a call or the bases of a class, in source order. */
export function lowerArgs(low: ExprLowering, list: number): Argument[] {
  const { tree } = low;
  if (list < 0) return [];
  return tree.named(list).map((child): Argument => {
    switch (tree.kind(child)) {
      case 'keyword_argument':
        return { name: low.textOf(tree.field(child, 'name')), star: 0, value: low.field(child, 'value') };
      case 'list_splat':
        return { name: null, star: 1, value: low.first(child) };
      case 'dictionary_splat':
        return { name: null, star: 2, value: low.first(child) };
      default: {
        const value = low.expr(child);
        return value.kind === 'Starred'
          ? { name: null, star: 1, value: value.value }
          : { name: null, star: 0, value };
      }
    }
  });
}
