import type { Comprehension, Expr } from './expr.ts';
import type { Stmt } from './stmt.ts';

/** Calls `visit` for each direct sub-expression, in evaluation order. A lambda's body and a comprehension's parts are included. */
export function eachChild(expr: Expr, visit: (child: Expr) => void): void {
  switch (expr.kind) {
    case 'Name':
    case 'Constant':
      return;
    case 'Attribute':
    case 'Await':
    case 'Starred':
      return visit(expr.value);
    case 'Call':
      visit(expr.func);
      for (const arg of expr.args) visit(arg.value);
      return;
    case 'Subscript':
      visit(expr.value);
      return visit(expr.index);
    case 'JoinedStr':
      return each(expr.values, visit);
    case 'Tuple':
    case 'List':
    case 'Set':
      return each(expr.elts, visit);
    case 'Dict':
      for (const { key, value } of expr.entries) {
        if (key !== null) visit(key);
        visit(value);
      }
      return;
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'GeneratorExp':
      return eachPart(expr, visit);
    case 'Lambda':
      for (const { default: value } of expr.params) if (value !== null) visit(value);
      return visit(expr.body);
    case 'IfExp':
      visit(expr.test);
      visit(expr.body);
      return visit(expr.orelse);
    case 'BoolOp':
    case 'BinOp':
      visit(expr.left);
      return visit(expr.right);
    case 'UnaryOp':
      return visit(expr.operand);
    case 'Compare':
      return each(expr.operands, visit);
    case 'NamedExpr':
      visit(expr.target);
      return visit(expr.value);
    case 'Yield':
      if (expr.value !== null) visit(expr.value);
      return;
    case 'Slice':
      return each(expr.parts, visit);
    case 'Other':
      return each(expr.children, visit);
  }
}

function some(expr: Expr | null, visit: (expr: Expr) => void): void {
  if (expr !== null) visit(expr);
}

function each(exprs: readonly Expr[], visit: (expr: Expr) => void): void {
  for (const expr of exprs) visit(expr);
}

function eachPart(expr: Comprehension, visit: (part: Expr) => void): void {
  for (const clause of expr.generators) {
    visit(clause.iter);
    visit(clause.target);
    each(clause.ifs, visit);
  }
  visit(expr.element);
  if (expr.value !== null) visit(expr.value);
}

export function isComprehension(node: Expr | Stmt): node is Comprehension {
  switch (node.kind) {
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'GeneratorExp':
      return true;
    default:
      return false;
  }
}

/** The direct sub-expressions of an expression, in evaluation order. */
export function childExprs(expr: Expr): readonly Expr[] {
  const children: Expr[] = [];
  eachChild(expr, (child) => children.push(child));
  return children;
}

/** Calls `visit` for an expression and everything below it, parents first. */
export function walkExpr(expr: Expr, visit: (expr: Expr) => void): void {
  if (expr.kind === 'Name' || expr.kind === 'Constant') return visit(expr);
  const down = (part: Expr): void => {
    visit(part);
    eachChild(part, down);
  };
  down(expr);
}

/** Calls `visit` for each expression that stands in a statement itself, not in the statements inside it. Decorators and defaults included. */
export function eachExpr(stmt: Stmt, visit: (expr: Expr) => void): void {
  switch (stmt.kind) {
    case 'FunctionDef':
      each(stmt.decorators, visit);
      for (const param of stmt.params) some(param.default, visit);
      return;
    case 'ClassDef':
      each(stmt.decorators, visit);
      for (const base of stmt.bases) visit(base.value);
      return;
    case 'Assign':
      some(stmt.value, visit);
      return each(stmt.targets, visit);
    case 'AugAssign':
      visit(stmt.target);
      return visit(stmt.value);
    case 'ExprStmt':
      return visit(stmt.value);
    case 'Return':
      return some(stmt.value, visit);
    case 'Raise':
      some(stmt.exc, visit);
      return some(stmt.cause, visit);
    case 'If':
    case 'While':
      return visit(stmt.test);
    case 'For':
      visit(stmt.iter);
      return visit(stmt.target);
    case 'Try':
      for (const handler of stmt.handlers) some(handler.type, visit);
      return;
    case 'With':
      for (const item of stmt.items) {
        visit(item.context);
        some(item.target, visit);
      }
      return;
    case 'Match':
      visit(stmt.subject);
      for (const item of stmt.cases) some(item.guard, visit);
      return;
    case 'Delete':
      return each(stmt.targets, visit);
    case 'Assert':
      visit(stmt.test);
      return some(stmt.msg, visit);
    default:
  }
}

/** The expressions that stand in a statement itself. */
export function stmtExprs(stmt: Stmt): readonly Expr[] {
  const exprs: Expr[] = [];
  eachExpr(stmt, (expr) => exprs.push(expr));
  return exprs;
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
      return NO_BLOCKS;
  }
}

const NO_BLOCKS: readonly (readonly Stmt[])[] = [];

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

/** Calls `visit` for every expression of a body, at any depth; nested functions and classes are not entered. */
export function walkOwnExprs(body: readonly Stmt[], visit: (expr: Expr) => void): void {
  const below = (expr: Expr): void => walkExpr(expr, visit);
  walkStmts(
    body,
    (stmt) => eachExpr(stmt, below),
    (stmt) => !opensScope(stmt),
  );
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

/** True for the constant `None`. */
export function isNone(expr: Expr | null): boolean {
  return expr?.kind === 'Constant' && expr.type === 'none';
}
