import { type FunctionInfo, parts, type Program } from '../project/index.ts';
import {
  type Attribute,
  dottedName,
  type Expr,
  type Stmt,
  stmtExprs,
  walkExpr,
  walkStmts,
} from '../syntax/index.ts';
import { asksFunction } from './asked-getter.ts';
import type { Fact } from './narrow-state.ts';

/**
 * True for a test by another member of the row or object at hand that itself asks what is used behind the test, or by a function: `if order.is_paid():`
 * before `order.payment_or_none().total`, where `is_paid` reads the payment, or where the getter itself tests `is_paid`. What they do with it
 * is not looked at.
 */
export function asksInside(program: Program, test: Expr, fact: Fact, fn: FunctionInfo): boolean {
  if (asksFunction(program, test, fact, fn)) return true;
  const { source, by } = fact;
  const getter = source.kind === 'Call' ? source.func : source;
  const owner = getter.kind === 'Attribute' ? dottedName(getter.value) : null;
  if (!/^(getter|nulled)$/.test(by) || getter.kind !== 'Attribute' || owner === null) return false;
  const asked = { owner, name: getter.attr };
  let found = false;
  walkExpr(test, (part) => {
    found ||= asksGetter(program, part, asked, fn);
  });
  return found;
}

/** True for another member of the owner that reads the getter of the same, or that the getter tests. */
export function asksGetter(
  program: Program,
  part: Expr,
  { owner, name }: { readonly owner: string; readonly name: string },
  fn: FunctionInfo,
): boolean {
  if (part.kind !== 'Attribute' || part.attr === name || dottedName(part.value) !== owner) return false;
  const members = membersOf(program, part, fn).filter((member) => member !== fn);
  return members.some(
    (member) =>
      readsOwn(member, name) ||
      membersOf(program, { ...part, attr: name }, fn).some((getter) => testsOwn(getter, part.attr)),
  );
}

/** The methods and properties that an attribute may be. */
function membersOf(program: Program, { value, attr }: Attribute, fn: FunctionInfo): readonly FunctionInfo[] {
  return parts(program.infer.expr(value, fn)).flatMap((type) => {
    const cls = type.t === 'row' ? type.model.cls : type.t === 'instance' ? type.cls : null;
    return cls === null ? [] : (program.hierarchy.member(cls, attr)?.method ?? []);
  });
}

function readsOwn(member: FunctionInfo, attr: string): boolean {
  return anyStmt(member, (stmt) => stmtExprs(stmt).some((expr) => readsIn(expr, member, attr)));
}

function testsOwn(member: FunctionInfo, attr: string): boolean {
  return anyStmt(member, (stmt) => stmt.kind === 'If' && readsIn(stmt.test, member, attr));
}

function anyStmt({ body }: FunctionInfo, isWanted: (stmt: Stmt) => boolean): boolean {
  let found = false;
  walkStmts(body, (stmt) => {
    found ||= isWanted(stmt);
  });
  return found;
}

/** Reads a member of the row or object that the method belongs to. */
function readsIn(expr: Expr, { params }: FunctionInfo, attr: string): boolean {
  const self = params[0]?.name ?? 'self';
  let found = false;
  walkExpr(expr, (part) => {
    found ||= part.kind === 'Attribute' && part.attr === attr && dottedName(part.value) === self;
  });
  return found;
}
