import type { Place } from '../project/index.ts';
import { type Expr, stmtExprs, walkExpr } from '../syntax/index.ts';
import type { Fate } from './escape.ts';
import type { FoundLookup } from './find-lookups.ts';
import { lastName } from './site-table.ts';

/**
 * `TypedChoiceField(coerce=lambda pk: Order.objects.get(pk=pk))`: the field looks for the value among its choices first. So it is for a
 * getter that nothing else calls without an answer: `coerce=lambda number: Order.by_number(number)`.
 */
export function isChoice({ place }: FoundLookup, { openEdges }: Fate): boolean {
  return isCoerced(place) || (openEdges.length > 0 && openEdges.every((edge) => isCoerced(edge.place)));
}

function isCoerced({ stmt, deferred }: Place): boolean {
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
