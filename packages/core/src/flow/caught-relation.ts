import type { FunctionInfo } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import {
  type Attribute,
  dottedName,
  enclosingStmts,
  type Expr,
  isNone,
  type Stmt,
  stmtExprs,
  walkExpr,
} from '../syntax/index.ts';

type Name = Extract<Expr, { kind: 'Name' }>;

/**
 * The name in `if job and link.job.done` that a `try` set to `link.job`, and its handler or what stands before it to None: where the
 * name is there, so is the relation.
 */
export function caughtBefore(fn: FunctionInfo, read: Attribute): Name | null {
  const tests = enclosingStmts(fn.body, read).flatMap((stmt) => testsAround(stmt, read));
  return tests.flatMap(conjuncts).find((test): test is Name => isSame(test, read, fn)) ?? null;
}

/** The tests that are true where a place runs, as far as one statement tells. */
function testsAround(stmt: Stmt, at: Expr): readonly Expr[] {
  const [first] = stmt.kind === 'If' ? stmt.body : [];
  const inBody =
    stmt.kind === 'If' &&
    first !== undefined &&
    first.start <= at.start &&
    at.end <= (stmt.body.at(-1)?.end ?? 0);
  const out: Expr[] = inBody ? [stmt.test] : [];
  for (const expr of stmtExprs(stmt))
    walkExpr(expr, (part) => {
      if (part.kind === 'BoolOp' && part.op === 'and' && holds(part.right, at)) out.push(part.left);
      if (part.kind === 'IfExp' && holds(part.body, at)) out.push(part.test);
    });
  return out;
}

function conjuncts(test: Expr): readonly Expr[] {
  return test.kind === 'BoolOp' && test.op === 'and'
    ? [...conjuncts(test.left), ...conjuncts(test.right)]
    : [test];
}

function isSame(test: Expr, read: Attribute, fn: FunctionInfo): boolean {
  if (test.kind !== 'Name') return false;
  const values = reaching(fn.scope.bindings.get(test.id) ?? [], test.start).map(({ source }) =>
    source.kind === 'assign' && source.steps.length === 0 ? source.value : null,
  );
  const given = values.filter((value) => !isNone(value));
  return given.length > 0 && given.every((value) => value !== null && dottedName(value) === dottedName(read));
}

function holds(outer: Expr, { start, end }: Expr): boolean {
  return outer.start <= start && end <= outer.end;
}
