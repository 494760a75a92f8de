import {
  type Call,
  childExprs,
  dottedName,
  type Expr,
  type Handler,
  isNone,
  type Stmt,
  walkExpr,
  walkStmts,
} from '../syntax/index.ts';
import { bindTarget, type Fact, type State } from './narrow-state.ts';

/** Functions that never come back. */
export const LEAVES = /^(exit|_exit|abort|fail|skip|skipTest|quit|raise_\w+|reraise\w*)$/;

/** Methods and functions that tell somebody, and change nothing. */
export const LOGS =
  /^(?:debug|info|warning|warn|error|exception|critical|log|print|write|capture_exception|capture_message|incr)$/;

/** Functions that check what they are given, and raise. */
export const CHECKS = /assert|require|check|ensure|verify|validate/i;

/** True for a value that is the outcome of a test: the name it gets stands for that test from now on. */
export function isTest(value: Expr): boolean {
  if (value.kind === 'Compare' || value.kind === 'BoolOp') return true;
  if (value.kind === 'UnaryOp') return value.op === 'not';
  if (value.kind === 'IfExp') return true;
  if (isCheck(value)) return true;
  return (
    value.kind === 'Call' &&
    value.func.kind === 'Name' &&
    /^(bool|isinstance|hasattr|all|any)$/.test(value.func.id)
  );
}

export function isBool(expr: Expr, value: string): boolean {
  return expr.kind === 'Constant' && expr.type === 'bool' && expr.value === value;
}

/** `errors = validate(order)`: what comes back tells of everything that was given. */
function isCheck(value: Expr): boolean {
  if (value.kind !== 'Call') return false;
  const { func } = value;
  return CHECKS.test(func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr : '');
}

/** The lists that a block puts something into: `errors.append("gone")`. */
export function filledLists(block: readonly Stmt[]): readonly string[] {
  return block.flatMap((stmt) => {
    const call = stmt.kind === 'ExprStmt' && stmt.value.kind === 'Call' ? stmt.value : null;
    const list =
      call?.func.kind === 'Attribute' && /^(append|extend|add|insert)$/.test(call.func.attr)
        ? dottedName(call.func.value)
        : null;
    return list ?? [];
  });
}

/** The names with a fact that an expression reads. */
export function namesIn(expr: Expr, state: State): string[] {
  const out: string[] = [];
  for (const name of state.facts.keys()) if (reads(expr, name)) out.push(name);
  return out;
}

/** A name gets the outcome of a test: whatever the test reads was checked, also what an attribute gives (`is_paid = order.payment is not None`). */
export function checkTested(
  value: Expr,
  state: State,
  optional: (expr: Expr, state: State) => Fact | null,
): void {
  for (const name of namesIn(value, state)) state.check(name);
  walkExpr(value, (part) => {
    const name = part.kind === 'Attribute' ? dottedName(part) : null;
    if (name !== null && optional(part, state) !== null) state.checked.add(name);
  });
}

function reads(expr: Expr, name: string): boolean {
  if (dottedName(expr) === name) return true;
  let found = false;
  for (const child of childExprs(expr)) found ||= reads(child, name);
  return found;
}

/** The names that a body binds hold nothing that is known, once it was left by an exception. */
export function forget(body: readonly Stmt[], state: State): void {
  walkStmts(body, (stmt) => {
    if (stmt.kind === 'Assign') for (const target of stmt.targets) bindTarget(target, state);
  });
}

export function caughtNames(handler: Handler): string[] {
  return handler.type === null ? ['*'] : classNames(handler.type);
}

/** Last names of exception classes; a name that is no class's stands for anything. */
export function classNames(expr: Expr): string[] {
  if (expr.kind === 'Tuple' || expr.kind === 'List') return expr.elts.flatMap(classNames);
  const name = expr.kind === 'Name' ? expr.id : expr.kind === 'Attribute' ? expr.attr : '*';
  return [/^[A-Z]\w*[a-z]/.test(name) ? name : '*'];
}

/** True for context managers that go on behind their body where an exception leaves it, of tests too. */
export function isCalm(context: Expr): context is Call {
  return (
    context.kind === 'Call' &&
    /(^|\.)(suppress|ignored|raises|assertRaises)$/.test(dottedName(context.func) ?? '')
  );
}

/** The fact about what the last test on the way found to be None, or anything false: `if row is None`, `if not row`. */
export function askedForNone({ tests, facts }: State): Fact | null {
  const test = tests.at(-1);
  return test === undefined ? null : factAskedIn(test, facts);
}

function factAskedIn(test: Expr, facts: ReadonlyMap<string, Fact>): Fact | null {
  if (test.kind === 'BoolOp' && test.op === 'or')
    return factAskedIn(test.left, facts) ?? factAskedIn(test.right, facts);
  if (test.kind === 'UnaryOp') return factAskedIn(test.operand, facts);
  const subject = test.kind === 'Compare' ? test.operands[0] : test;
  if (test.kind === 'Compare' && (test.operands.length !== 2 || !isNone(test.operands[1] ?? null)))
    return null;
  const name =
    subject === undefined ? null : dottedName(subject.kind === 'NamedExpr' ? subject.target : subject);
  return name === null ? null : (facts.get(name) ?? null);
}
