import type { Comprehension, ComprehensionFor, Expr } from './expr.ts';
import type { ExprLowering } from './lower-expr.ts';

const KINDS = {
  list_comprehension: 'ListComp',
  set_comprehension: 'SetComp',
  dictionary_comprehension: 'DictComp',
  generator_expression: 'GeneratorExp',
} as const;

export function isComprehension(kind: string): kind is keyof typeof KINDS {
  return Object.hasOwn(KINDS, kind);
}

export function lowerComprehension(low: ExprLowering, node: number, kind: keyof typeof KINDS): Comprehension {
  const { tree } = low;
  const body = tree.field(node, 'body');
  const pair = tree.kind(body) === 'pair';
  return {
    kind: KINDS[kind],
    ...low.spanOf(node),
    element: pair ? low.field(body, 'key') : low.expr(body),
    value: pair ? low.field(body, 'value') : null,
    generators: clauses(low, node),
  };
}

function clauses(low: ExprLowering, node: number): ComprehensionFor[] {
  const { tree } = low;
  const out: { target: Expr; iter: Expr; ifs: Expr[] }[] = [];
  for (const child of tree.named(node)) {
    if (tree.kind(child) === 'for_in_clause')
      out.push({ target: low.field(child, 'left'), iter: iterated(low, child), ifs: [] });
    else if (tree.kind(child) === 'if_clause') out.at(-1)?.ifs.push(low.first(child));
  }
  return out;
}

/** Python 2 allows `for x in 1, 2` inside a list comprehension. */
function iterated(low: ExprLowering, clause: number): Expr {
  const { tree } = low;
  return low.listed(
    tree.named(clause).filter((child) => tree.fieldOf(child) === 'right'),
    clause,
  );
}
