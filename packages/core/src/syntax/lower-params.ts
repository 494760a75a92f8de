import type { Lambda, Param } from './expr.ts';
import type { ExprLowering } from './lower-expr.ts';

export function lowerLambda(low: ExprLowering, node: number): Lambda {
  const saved = low.sawYield;
  const params = lowerParams(low, low.tree.field(node, 'parameters'));
  const body = low.field(node, 'body');
  low.sawYield = saved;
  return { kind: 'Lambda', ...low.spanOf(node), params, body };
}

/** The named parameters of a function; the separators `/` and `*` and Python 2's tuples bind no name of their own. */
export function lowerParams(low: ExprLowering, list: number): Param[] {
  return list < 0 ? [] : low.tree.named(list).flatMap((child) => param(low, child) ?? []);
}

function param(low: ExprLowering, node: number): Param | null {
  const { tree } = low;
  switch (tree.kind(node)) {
    case 'identifier':
      return make(low, node, node, 0);
    case 'default_parameter':
    case 'typed_default_parameter':
      return make(low, node, tree.field(node, 'name'), 0);
    case 'list_splat_pattern':
    case 'dictionary_splat_pattern':
      return starred(low, node, node);
    case 'typed_parameter':
      return starred(low, node, tree.named(node)[0] ?? -1);
    default:
      return null;
  }
}

/** A parameter whose name stands at `inner`, or behind the stars there. */
function starred(low: ExprLowering, node: number, inner: number): Param | null {
  const kind = low.tree.kind(inner);
  const star = kind === 'list_splat_pattern' ? 1 : kind === 'dictionary_splat_pattern' ? 2 : 0;
  const name = star === 0 ? inner : (low.tree.named(inner)[0] ?? -1);
  return name < 0 ? null : make(low, node, name, star);
}

function make(low: ExprLowering, node: number, name: number, star: Param['star']): Param {
  return {
    ...low.spanOf(node),
    name: low.textOf(name),
    annotation: low.optional(low.tree.field(node, 'type')),
    default: low.optional(low.tree.field(node, 'value')),
    star,
  };
}
