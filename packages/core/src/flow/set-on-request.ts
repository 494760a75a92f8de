import type { Program, SetAttribute } from '../project/index.ts';
import { dottedName, type Expr } from '../syntax/index.ts';

/** What a program's own middleware and decorators put on requests under the name that is read: `request.account_id`. */
export function setOnRequest(program: Program, expr: Expr): readonly SetAttribute[] {
  if (expr.kind !== 'Attribute' || !/(^|\.)request$/.test(dottedName(expr.value) ?? '')) return [];
  return program.requestAttributes.of(expr.attr);
}
