import { type FunctionInfo, parts, type Program } from '../project/index.ts';
import { type Attribute, dottedName, type Expr, stmtExprs, walkExpr, walkStmts } from '../syntax/index.ts';
import type { Fact } from './narrow-state.ts';

/**
 * True for a test by another member of the row or object at hand that itself asks what is used behind the test: `if order.is_paid():`
 * before `order.payment_or_none().total`, where `is_paid` reads the payment. What it does with it is not looked at.
 */
export function asksInside(program: Program, test: Expr, { source, by }: Fact, fn: FunctionInfo): boolean {
  const getter = source.kind === 'Call' ? source.func : source;
  const owner = getter.kind === 'Attribute' ? dottedName(getter.value) : null;
  if (by !== 'getter' || getter.kind !== 'Attribute' || owner === null) return false;
  const asked = { owner, name: getter.attr };
  let found = false;
  walkExpr(test, (part) => {
    found ||= asksGetter(program, part, asked, fn);
  });
  return found;
}

/** True for another member of the owner that reads the getter of the same. */
export function asksGetter(
  program: Program,
  part: Expr,
  { owner, name }: { readonly owner: string; readonly name: string },
  fn: FunctionInfo,
): boolean {
  if (part.kind !== 'Attribute' || part.attr === name || dottedName(part.value) !== owner) return false;
  return membersOf(program, part, fn).some((member) => member !== fn && readsOwn(member, name));
}

/** The methods and properties that an attribute may be. */
function membersOf(program: Program, { value, attr }: Attribute, fn: FunctionInfo): readonly FunctionInfo[] {
  return parts(program.infer.expr(value, fn)).flatMap((type) => {
    const cls = type.t === 'row' ? type.model.cls : type.t === 'instance' ? type.cls : null;
    return cls === null ? [] : (program.hierarchy.member(cls, attr)?.method ?? []);
  });
}

function readsOwn(member: FunctionInfo, attr: string): boolean {
  const self = member.params[0]?.name ?? 'self';
  let found = false;
  walkStmts(member.body, (stmt) => {
    for (const expr of stmtExprs(stmt))
      walkExpr(expr, (part) => {
        found ||= part.kind === 'Attribute' && part.attr === attr && dottedName(part.value) === self;
      });
  });
  return found;
}
