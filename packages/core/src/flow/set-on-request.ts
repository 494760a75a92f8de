import type { Program, SetAttribute } from '../project/index.ts';
import { dottedName, type Expr } from '../syntax/index.ts';

/** What a program's own middleware and decorators put on requests under the name that is read: `request.account_id`. */
export function setOnRequest(program: Program, expr: Expr): readonly SetAttribute[] {
  const [owner, name] = readOf(expr) ?? [];
  if (owner === undefined || name === undefined || !/(^|\.)request$/.test(dottedName(owner) ?? '')) return [];
  return program.requestAttributes.of(name);
}

/** The object and the name of `request.account_id` and of `getattr(request, "account_id", None)`. */
function readOf(expr: Expr): [Expr, string] | null {
  if (expr.kind === 'Attribute') return [expr.value, expr.attr];
  if (expr.kind !== 'Call' || dottedName(expr.func) !== 'getattr') return null;
  const [owner, name] = expr.args.map(({ value }) => value);
  return owner !== undefined && name?.kind === 'Constant' && name.type === 'str' ? [owner, name.value] : null;
}
