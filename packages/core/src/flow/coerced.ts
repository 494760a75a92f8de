import { type Expr, stmtExprs, walkExpr } from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';
import { lastName } from './site-table.ts';

/** `TypedChoiceField(coerce=lambda pk: Order.objects.get(pk=pk))`: the field looks for the value among its choices first. */
export function isChoice({ place: { stmt, deferred } }: FoundLookup): boolean {
  if (deferred?.kind !== 'Lambda') return false;
  let given = false;
  for (const expr of stmtExprs(stmt))
    walkExpr(expr, (part: Expr) => {
      given ||=
        part.kind === 'Call' &&
        lastName(part.func)?.endsWith('ChoiceField') === true &&
        part.args.some(({ name, value }) => name === 'coerce' && value === deferred);
    });
  return given;
}
