import type { Expr } from './expr.ts';
import type { Stmt } from './stmt.ts';

/** The direct sub-expressions of an expression, in evaluation order. A lambda's body and a comprehension's parts are included. */
export function childExprs(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'Name':
    case 'Constant':
      return [];
    case 'Attribute':
    case 'Await':
    case 'Starred':
      return [expr.value];
    case 'Call':
      return [expr.func, ...expr.args.map((arg) => arg.value)];
    case 'Subscript':
      return [expr.value, expr.index];
    case 'JoinedStr':
      return expr.values;
    case 'Tuple':
    case 'List':
    case 'Set':
      return expr.elts;
    case 'Dict':
      return expr.entries.flatMap((entry) => (entry.key === null ? [entry.value] : [entry.key, entry.value]));
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'GeneratorExp':
      return [
        ...expr.generators.flatMap((clause) => [clause.iter, clause.target, ...clause.ifs]),
        expr.element,
        ...(expr.value === null ? [] : [expr.value]),
      ];
    case 'Lambda':
      return [...expr.params.flatMap((param) => (param.default === null ? [] : [param.default])), expr.body];
    case 'IfExp':
      return [expr.test, expr.body, expr.orelse];
    case 'BoolOp':
    case 'BinOp':
      return [expr.left, expr.right];
    case 'UnaryOp':
      return [expr.operand];
    case 'Compare':
      return expr.operands;
    case 'NamedExpr':
      return [expr.target, expr.value];
    case 'Yield':
      return expr.value === null ? [] : [expr.value];
    case 'Slice':
      return expr.parts;
    case 'Other':
      return expr.children;
  }
}

/** Calls `visit` for an expression and everything below it, parents first. */
export function walkExpr(expr: Expr, visit: (expr: Expr) => void): void {
  visit(expr);
  for (const child of childExprs(expr)) walkExpr(child, visit);
}

/** The expressions that stand in a statement itself, not those of the statements inside it. Decorators and defaults included. */
export function stmtExprs(stmt: Stmt): readonly Expr[] {
  const some = (expr: Expr | null): Expr[] => (expr === null ? [] : [expr]);
  switch (stmt.kind) {
    case 'FunctionDef':
      return [...stmt.decorators, ...stmt.params.flatMap((param) => some(param.default))];
    case 'ClassDef':
      return [...stmt.decorators, ...stmt.bases.map((base) => base.value)];
    case 'Assign':
      return [...some(stmt.value), ...stmt.targets];
    case 'AugAssign':
      return [stmt.target, stmt.value];
    case 'ExprStmt':
      return [stmt.value];
    case 'Return':
      return some(stmt.value);
    case 'Raise':
      return [...some(stmt.exc), ...some(stmt.cause)];
    case 'If':
    case 'While':
      return [stmt.test];
    case 'For':
      return [stmt.iter, stmt.target];
    case 'Try':
      return stmt.handlers.flatMap((handler) => some(handler.type));
    case 'With':
      return stmt.items.flatMap((item) => [item.context, ...some(item.target)]);
    case 'Match':
      return [stmt.subject, ...stmt.cases.flatMap((item) => some(item.guard))];
    case 'Delete':
      return stmt.targets;
    case 'Assert':
      return [stmt.test, ...some(stmt.msg)];
    default:
      return [];
  }
}

/** The blocks of statements directly inside a statement, in source order. */
export function stmtBlocks(stmt: Stmt): readonly (readonly Stmt[])[] {
  switch (stmt.kind) {
    case 'FunctionDef':
    case 'ClassDef':
    case 'With':
      return [stmt.body];
    case 'If':
    case 'For':
    case 'While':
      return [stmt.body, stmt.orelse];
    case 'Try':
      return [stmt.body, ...stmt.handlers.map((handler) => handler.body), stmt.orelse, stmt.finalbody];
    case 'Match':
      return stmt.cases.map((item) => item.body);
    default:
      return [];
  }
}

/** Calls `visit` for every statement of a block, outer ones first. `into` decides whether to look inside one (default: always). */
export function walkStmts(
  body: readonly Stmt[],
  visit: (stmt: Stmt) => void,
  into: (stmt: Stmt) => boolean = () => true,
): void {
  for (const stmt of body) {
    visit(stmt);
    if (into(stmt)) for (const block of stmtBlocks(stmt)) walkStmts(block, visit, into);
  }
}

/** True for statements that open a scope of their own. */
export function opensScope(stmt: Stmt): boolean {
  return stmt.kind === 'FunctionDef' || stmt.kind === 'ClassDef';
}

/** The statements from the module down to the innermost one that holds `[start, end)`. */
export function enclosingStmts(
  body: readonly Stmt[],
  at: { readonly start: number; readonly end: number },
): Stmt[] {
  for (const stmt of body) {
    if (stmt.start <= at.start && at.end <= stmt.end) {
      for (const block of stmtBlocks(stmt)) {
        const inner = enclosingStmts(block, at);
        if (inner.length > 0) return [stmt, ...inner];
      }
      return [stmt];
    }
  }
  return [];
}

/** `a.b.c` for a chain of names; null for anything else. */
export function dottedName(expr: Expr): string | null {
  if (expr.kind === 'Name') return expr.id;
  if (expr.kind !== 'Attribute') return null;
  const base = dottedName(expr.value);
  return base === null ? null : `${base}.${expr.attr}`;
}
