import type { Expr } from './expr.ts';
import type { ExprLowering } from './lower-expr.ts';
import type { Stmt } from './stmt.ts';

/** Statements without a block. Kinds that say nothing about code give none. */
export function lowerSimple(low: ExprLowering, node: number, kind: string): Stmt[] {
  const { tree } = low;
  const at = low.spanOf(node);
  const named = tree.named(node);
  switch (kind) {
    case 'expression_statement':
      return expressionStatement(low, node);
    case 'return_statement':
      return [{ kind: 'Return', ...at, value: low.optional(named[0] ?? -1) }];
    case 'raise_statement':
      return [raise(low, node)];
    case 'pass_statement':
      return [{ kind: 'Pass', ...at }];
    case 'break_statement':
      return [{ kind: 'Break', ...at }];
    case 'continue_statement':
      return [{ kind: 'Continue', ...at }];
    case 'delete_statement':
      return [{ kind: 'Delete', ...at, targets: low.exprs(listItems(low, named)) }];
    case 'assert_statement':
      return [{ kind: 'Assert', ...at, test: low.first(node), msg: low.optional(named[1] ?? -1) }];
    case 'global_statement':
    case 'nonlocal_statement': {
      const names = named.map((child) => low.textOf(child));
      return [{ kind: kind === 'global_statement' ? 'Global' : 'Nonlocal', ...at, names }];
    }
    case 'type_alias_statement':
      return [typeAlias(low, node)];
    case 'print_statement':
    case 'exec_statement':
      return named.map((child) => exprStmt(low, child));
    default:
      return [];
  }
}

function exprStmt(low: ExprLowering, node: number): Stmt {
  return { kind: 'ExprStmt', ...low.spanOf(node), value: low.expr(node) };
}

/** `a, b` without brackets is one node: its parts. */
function listItems(low: ExprLowering, nodes: readonly number[]): readonly number[] {
  return nodes.flatMap((node) => (low.tree.kind(node) === 'expression_list' ? low.tree.named(node) : [node]));
}

function expressionStatement(low: ExprLowering, node: number): Stmt[] {
  const { tree } = low;
  const at = low.spanOf(node);
  const named = tree.named(node);
  const only = named[0];
  if (only === undefined) return [];
  const kind = tree.kind(only);
  if (kind === 'assignment') return [assignment(low, only)];
  if (kind === 'augmented_assignment') {
    return [{ kind: 'AugAssign', ...at, target: low.field(only, 'left'), value: low.field(only, 'right') }];
  }
  const bare = named.length === 1 && !tree.hasToken(node, "',");
  return [
    {
      kind: 'ExprStmt',
      ...at,
      value: bare ? low.expr(only) : { kind: 'Tuple', ...at, elts: low.exprs(named) },
    },
  ];
}

function assignment(low: ExprLowering, node: number): Stmt {
  const { tree } = low;
  const targets: Expr[] = [];
  let annotation: Expr | null = null;
  let right = node;
  while (tree.kind(right) === 'assignment') {
    targets.push(low.field(right, 'left'));
    annotation = low.optional(tree.field(right, 'type')) ?? annotation;
    right = tree.field(right, 'right');
  }
  return { kind: 'Assign', ...low.spanOf(node), targets, annotation, value: low.optional(right) };
}

/** `type Name[T] = value` binds a name, as an assignment does. `type(x).y = value` is an assignment, read by the grammar as an alias. */
function typeAlias(low: ExprLowering, node: number): Stmt {
  const leftNode = low.tree.field(node, 'left');
  const call = low.text.charCodeAt(low.tree.start(leftNode)) === BRACKET;
  const left = call ? low.typed(leftNode, low.tree.start(node)) : low.expr(leftNode);
  const target = !call && left.kind === 'Subscript' ? left.value : left;
  return {
    kind: 'Assign',
    ...low.spanOf(node),
    targets: [target],
    annotation: null,
    value: low.field(node, 'right'),
  };
}

const BRACKET = '('.charCodeAt(0);

/** Python 2's `raise E, "message", traceback` raises `E`. */
function raise(low: ExprLowering, node: number): Stmt {
  const { tree } = low;
  const cause = tree.field(node, 'cause');
  const exc = listItems(low, tree.named(node)).find((child) => child !== cause);
  return { kind: 'Raise', ...low.spanOf(node), exc: low.optional(exc ?? -1), cause: low.optional(cause) };
}
