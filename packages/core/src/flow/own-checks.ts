import { type ClassInfo, type FunctionInfo, parts, type Program } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import {
  type Call,
  type Compare,
  type Handler,
  type Expr,
  type Stmt,
  stmtExprs,
  walkExpr,
  walkStmts,
} from '../syntax/index.ts';
import { lastName } from './site-table.ts';

/** Methods of forms and serializers that run before a value of theirs counts as clean. */
const CHECKS = ['clean', 'validate', 'to_internal_value'];

/**
 * True when a form or serializer looks a value up itself and refuses it when there is no row: `clean`, `validate_code` and the
 * like, or a method that they call. A method that is read for its own lookup (`at`) proves nothing to itself.
 */
export function checksItself(program: Program, cls: ClassInfo, name: string, at: FunctionInfo): boolean {
  const method = (of: string): FunctionInfo | null => program.hierarchy.member(cls, of)?.method ?? null;
  const named = [`clean_${name}`, `validate_${name}`].flatMap((of) => method(of) ?? []);
  const general = CHECKS.flatMap((of) => method(of) ?? []).filter((fn) => says(fn, name));
  const checks = [...named, ...general].flatMap((fn) => [fn, ...ownCalls(program, cls, fn)]);
  return !checks.includes(at) && checks.some((fn) => refusesMissing(fn));
}

/** The methods of its class that a method calls on `self`. */
export function ownCalls(program: Program, cls: ClassInfo, fn: FunctionInfo): FunctionInfo[] {
  const self = fn.params[0]?.name;
  const out: FunctionInfo[] = [];
  eachExpr(fn.body, (part) => {
    if (part.kind !== 'Call' || part.func.kind !== 'Attribute' || part.func.value.kind !== 'Name') return;
    const called =
      part.func.value.id === self ? (program.hierarchy.member(cls, part.func.attr)?.method ?? null) : null;
    if (called !== null && called !== fn) out.push(called);
  });
  return out;
}

/** The name stands in the method as a text, and not only where a value is compared with `None`: that looks nothing up. */
function says(fn: FunctionInfo, name: string): boolean {
  let left = 0;
  const count = (expr: Expr, by: number): void =>
    walkExpr(expr, (part) => {
      if (part.kind === 'Constant' && part.type === 'str' && part.value === name) left += by;
    });
  walkStmts(fn.body, (stmt) => {
    for (const expr of stmtExprs(stmt)) count(expr, 1);
  });
  eachExpr(fn.body, (part) => {
    const [value, none] = part.kind === 'Compare' ? part.operands : [];
    if (value !== undefined && none?.kind === 'Constant' && none.type === 'none') count(value, -1);
  });
  return left > 0;
}

/** `validators=[check_order_exists]` of a field: functions of the program that look the value up and refuse it. */
export function checkedByValidators(program: Program, field: Call, scope: FunctionInfo): boolean {
  const list = field.args.find(({ name }) => name === 'validators')?.value;
  if (list?.kind !== 'List' && list?.kind !== 'Tuple') return false;
  return list.elts.some((item) =>
    parts(program.infer.expr(item, scope)).some((type) => type.t === 'function' && refusesMissing(type.fn)),
  );
}

/** `except M.DoesNotExist:` or `if not rows.exists():` with an error for the client. */
function refusesMissing(fn: FunctionInfo): boolean {
  let found = false;
  walkStmts(fn.body, (stmt) => {
    if (stmt.kind === 'Try')
      found ||= stmt.handlers.some((handler) => isMissing(handler) && refuses(handler.body));
    if (stmt.kind === 'If') found ||= asksForNone(stmt.test, fn) && refuses(stmt.body);
  });
  return found;
}

/** `not rows.exists()`, `not row` or `row is None` of what `first()` gave, and `len(ids) != rows.count()`. */
function asksForNone(test: Expr, fn: FunctionInfo): boolean {
  if (test.kind === 'BoolOp' && test.op === 'and')
    return asksForNone(test.left, fn) || asksForNone(test.right, fn);
  if (alternatives(test).some((part) => part.kind === 'Compare' && countsAll(part))) return true;
  if (test.kind === 'UnaryOp' && test.op === 'not') return isAsked(test.operand, fn);
  const [row, none] = test.kind === 'Compare' && test.ops[0] === 'is' ? test.operands : [];
  return row !== undefined && none?.kind === 'Constant' && none.type === 'none' && isAsked(row, fn);
}

/** The tests of an `or`. */
function alternatives(test: Expr): readonly Expr[] {
  return test.kind === 'BoolOp' && test.op === 'or'
    ? [...alternatives(test.left), ...alternatives(test.right)]
    : [test];
}

/** The number of keys is compared with that of the rows that were found for them. */
function countsAll({ ops, operands }: Compare): boolean {
  const names = operands.map((side) => (side.kind === 'Call' ? (lastName(side.func) ?? '') : ''));
  return (
    ops.length === 1 &&
    /^(!=|<|>)$/.test(ops[0] ?? '') &&
    names.includes('len') &&
    names.some((name) => /^a?count$/.test(name))
  );
}

function isAsked(expr: Expr, fn: FunctionInfo): boolean {
  if (expr.kind === 'Name')
    return reaching(fn.scope.bindings.get(expr.id) ?? [], expr.start).some(
      ({ source }) => source.kind === 'assign' && source.value?.kind === 'Call' && isAsked(source.value, fn),
    );
  return expr.kind === 'Call' && expr.func.kind === 'Attribute' && /^a?(exists|first)$/.test(expr.func.attr);
}

function isMissing({ type }: Handler): boolean {
  let found = false;
  if (type !== null)
    walkExpr(type, (part) => {
      if (part.kind === 'Name' || part.kind === 'Attribute')
        found ||= /DoesNotExist$|^IndexError$/.test(lastName(part) ?? '');
    });
  return found;
}

function refuses(body: readonly Stmt[]): boolean {
  let found = false;
  walkStmts(body, (stmt) => {
    if (stmt.kind === 'Raise') found = true;
  });
  eachExpr(body, (part) => {
    if (part.kind === 'Call' && /^(add_error|fail)$/.test(lastName(part.func) ?? '')) found = true;
  });
  return found;
}

function eachExpr(body: readonly Stmt[], visit: (part: Expr) => void): void {
  walkStmts(body, (stmt) => {
    for (const expr of stmtExprs(stmt)) walkExpr(expr, visit);
  });
}
