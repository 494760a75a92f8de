import type { FunctionInfo } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import {
  type Attribute,
  childExprs,
  dottedName,
  enclosingStmts,
  type Expr,
  isComprehension,
  type Stmt,
  stmtExprs,
  walkExpr,
  walkStmts,
} from '../syntax/index.ts';
import { ranBefore } from './ran-before.ts';

/**
 * A read of the same relation that always ran before: the row keeps what it found, and where it found none, the code behind does not
 * run. Null when there is none, or something may have put another row in between.
 */
export function readBefore(fn: FunctionInfo, read: Attribute): Attribute | null {
  const name = dottedName(read);
  if (name === null) return null;
  const heads = enclosing(fn, read).flatMap((stmt) => headAround(stmt, read));
  const tests = heads.flatMap((head) => testsBefore(head, read));
  const isSame = (part: Expr): part is Attribute =>
    part.kind === 'Attribute' &&
    part.attr === read.attr &&
    part !== read &&
    (part.end <= read.start || tests.some((test) => holds(test, part))) &&
    dottedName(part) === name;
  const before = [...ranBefore(fn.body, read).flatMap(surelyRun), ...heads];
  const found = before.flatMap((expr) => surely(expr, isSame)).at(-1);
  return found === undefined || isReplaced(fn, found, read) ? null : found;
}

/** The tests of `x if test else y` around a place in `x`: they run first. */
function testsBefore(head: Expr, at: Expr): readonly Expr[] {
  const out: Expr[] = [];
  walkExpr(head, (part) => {
    if (part.kind === 'IfExp' && holds(part.body, at)) out.push(part.test);
  });
  return out;
}

function holds(outer: Expr, { start, end }: Expr): boolean {
  return outer.start <= start && end <= outer.end;
}

function enclosing(fn: FunctionInfo, { start, end }: Expr): readonly Stmt[] {
  let at: Stmt | null = null;
  walkStmts(fn.body, (stmt) => {
    if (stmt.start <= start && end <= stmt.end) at = stmt;
  });
  return at === null ? [] : enclosingStmts(fn.body, at);
}

/** The expressions of a statement that run whenever it does: of a compound one, those of its head and of a `try` that only its end leads out of. */
function surelyRun(stmt: Stmt): readonly Expr[] {
  if (stmt.kind === 'Try')
    return stmt.handlers.every(({ body }) => leaves(body)) ? stmt.body.flatMap(surelyRun) : [];
  return stmt.kind === 'With' ? [...headOf(stmt), ...stmt.body.flatMap(surelyRun)] : headOf(stmt);
}

function headOf(stmt: Stmt): readonly Expr[] {
  switch (stmt.kind) {
    case 'Assign':
      return [...(stmt.value === null ? [] : [stmt.value]), ...stmt.targets.flatMap(ownersIn)];
    case 'FunctionDef':
    case 'ClassDef':
      return [];
    default:
      return stmtExprs(stmt);
  }
}

/** What an assignment to `user.profile.name` reads: `user.profile`. */
function ownersIn(target: Expr): readonly Expr[] {
  return target.kind === 'Attribute' || target.kind === 'Subscript' ? [target.value] : [];
}

/** The same of a statement around a place: in the body of an `if`, all parts of its `and` were true. */
function headAround(stmt: Stmt, at: Expr): readonly Expr[] {
  const first = stmt.kind === 'If' ? stmt.body[0] : undefined;
  const inBody =
    stmt.kind === 'If' &&
    first !== undefined &&
    first.start <= at.start &&
    at.end <= (stmt.body.at(-1)?.end ?? 0);
  return inBody ? conjuncts(stmt.test) : headOf(stmt);
}

function conjuncts(test: Expr): readonly Expr[] {
  return test.kind === 'BoolOp' && test.op === 'and'
    ? [...conjuncts(test.left), ...conjuncts(test.right)]
    : [test];
}

function leaves(body: readonly Stmt[]): boolean {
  return /^(Return|Raise|Continue|Break)$/.test(body.at(-1)?.kind ?? '');
}

/** The parts of an expression that are wanted and run whatever the others give. */
function surely<T extends Expr>(expr: Expr, isWanted: (part: Expr) => part is T): readonly T[] {
  if (isWanted(expr)) return [expr];
  if (expr.kind === 'BoolOp') return surely(expr.left, isWanted);
  if (expr.kind === 'IfExp') return surely(expr.test, isWanted);
  if (expr.kind === 'Lambda' || isComprehension(expr)) return [];
  return childExprs(expr).flatMap((child) => surely(child, isWanted));
}

/** The name, or a part of the way to the relation, is given something else between two reads. */
function isReplaced(fn: FunctionInfo, from: Attribute, to: Attribute): boolean {
  const name = dottedName(to) ?? '';
  const root = name.split('.', 1)[0] ?? '';
  if (reaching(fn.scope.bindings.get(root) ?? [], to.start).some(({ at }) => at.start > from.start))
    return true;
  let replaced = false;
  walkStmts(fn.body, (stmt) => {
    if (stmt.kind !== 'Assign' || stmt.start < from.start || stmt.end > to.start) return;
    replaced ||= stmt.targets.some((target) => {
      const written = target.kind === 'Attribute' ? dottedName(target) : null;
      return written !== null && (name === written || name.startsWith(`${written}.`));
    });
  });
  return replaced;
}
