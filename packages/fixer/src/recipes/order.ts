import { childExprs, type Expr, type Stmt, stmtExprs } from '@danglint/core';
import { isPure } from './purity.ts';

/**
 * Null when the last expression of a path can be evaluated before its whole statement; else the reason why not. `moves` false:
 * it stays where it is, and only must be sure to run when the statement does. What is `known` has no effect.
 */
export function hoistBarrier(
  stmt: Stmt,
  path: readonly Expr[],
  moves = true,
  known: ReadonlySet<Expr> = new Set(),
): string | null {
  const pure = (expr: Expr): boolean => !moves || isPure(expr, known);
  const header = headerBarrier(stmt, path, pure);
  if (header !== null) return header;
  for (const [i, expr] of path.entries()) {
    const child = path[i + 1];
    if (child === undefined) return null;
    const barrier = childBarrier(expr, child, pure);
    if (barrier !== null) return barrier;
  }
  return null;
}

/** What the kind of the statement says about its own expressions. */
function headerBarrier(stmt: Stmt, [root]: readonly Expr[], pure: (expr: Expr) => boolean): string | null {
  const exprs = stmtExprs(stmt);
  const before = root === undefined ? [] : exprs.slice(0, exprs.indexOf(root));
  switch (stmt.kind) {
    case 'While':
      return 'the lookup runs in the test of a `while` loop, once for each pass';
    case 'FunctionDef':
      return 'the lookup runs when the function is defined';
    case 'ClassDef':
      return 'the lookup runs when the class is defined';
    case 'Match':
      return root === stmt.subject ? null : 'the lookup runs in the guard of a `case`';
    case 'Assert':
      return root === stmt.test ? null : 'the lookup runs only when the assertion fails';
    case 'Try':
      return 'the lookup runs in an `except` clause';
    case 'If':
      return stmt.elif ? 'the lookup runs in the test of an `elif`' : null;
    case 'For':
      return root === stmt.iter ? null : 'the lookup stands in the target of a loop';
    case 'With':
      return before.length === 0 ? null : 'the lookup runs after an earlier context manager was entered';
    default:
      return before.every(pure) ? null : 'something before the lookup in its statement may have effects';
  }
}

function childBarrier(expr: Expr, child: Expr, pure: (expr: Expr) => boolean): string | null {
  const children = childExprs(expr);
  const index = children.indexOf(child);
  switch (expr.kind) {
    case 'Lambda':
      return 'the lookup runs later, inside a lambda';
    case 'GeneratorExp':
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
      return index === 0 ? null : 'the lookup runs once for each item of a comprehension';
    case 'BoolOp':
      if (index > 0) return `the lookup runs only when the left side of \`${expr.op}\` asks for it`;
      return null;
    case 'IfExp':
      return index === 0 ? null : 'the lookup runs in one branch of a conditional expression';
    case 'Compare':
      if (index > 1) return 'the lookup runs only when the comparison before it holds';
      break;
    default:
  }
  return children.slice(0, index).every(pure)
    ? null
    : 'something before the lookup in its statement may have effects';
}
