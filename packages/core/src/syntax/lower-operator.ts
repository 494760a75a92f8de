import type { Expr, UnaryOp } from './expr.ts';
import type { ExprLowering } from './lower-expr.ts';

/** Operators, comparisons, `:=` and `x if y else z`; null for every other kind of node. */
export function lowerOperator(low: ExprLowering, node: number, kind: string): Expr | null {
  const { tree } = low;
  const at = low.spanOf(node);
  const operator = (): string => low.textOf(tree.field(node, 'operator'));
  switch (kind) {
    case 'boolean_operator': {
      const op = operator() === 'or' ? 'or' : 'and';
      return { kind: 'BoolOp', ...at, op, left: low.field(node, 'left'), right: low.field(node, 'right') };
    }
    case 'not_operator':
      return { kind: 'UnaryOp', ...at, op: 'not', operand: low.field(node, 'argument') };
    case 'unary_operator':
      return { kind: 'UnaryOp', ...at, op: sign(operator()), operand: low.field(node, 'argument') };
    case 'binary_operator':
      return {
        kind: 'BinOp',
        ...at,
        op: operator(),
        left: low.field(node, 'left'),
        right: low.field(node, 'right'),
      };
    case 'comparison_operator':
      return comparison(low, node);
    case 'named_expression': {
      const target = low.name(tree.field(node, 'name'));
      return { kind: 'NamedExpr', ...at, target, value: low.field(node, 'value') };
    }
    case 'conditional_expression': {
      const [body, test, orelse] = tree.named(node).map((child) => low.expr(child));
      const none = low.expr(-1);
      return { kind: 'IfExp', ...at, test: test ?? none, body: body ?? none, orelse: orelse ?? none };
    }
    default:
      return null;
  }
}

function sign(text: string): UnaryOp['op'] {
  return text === '-' || text === '+' ? text : '~';
}

function comparison(low: ExprLowering, node: number): Expr {
  const operands: Expr[] = [];
  const ops: string[] = [];
  for (const child of low.tree.children(node)) {
    const kind = low.tree.kind(child);
    if (kind === 'comment' || kind === 'line_continuation') continue;
    if (kind.charCodeAt(0) === 39) ops.push(kind.slice(1));
    else operands.push(low.expr(child));
  }
  return { kind: 'Compare', ...low.spanOf(node), operands, ops };
}
