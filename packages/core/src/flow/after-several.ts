import { parts, type Program } from '../project/index.ts';
import { dottedName, type Expr, type Stmt, stmtExprs, walkExpr, walkStmts } from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';
import { sameModel } from './live-rows.ts';

/** Methods that raise where they find several rows. */
const ONE = /^a?(get|get_or_create|update_or_create)$/;

/** True where the innermost handler is one of `MultipleObjectsReturned` around a lookup of the same model: there are rows, more than were wanted. */
export function afterSeveral(program: Program, lookup: FoundLookup): boolean {
  for (let frame = lookup.place.frame; frame !== null; frame = frame.parent) {
    if (frame.kind !== 'handler') continue;
    const { type } = frame.handler;
    return type !== null && isSeveral(type) && asksForOne(program, frame.stmt.body, lookup);
  }
  return false;
}

/** `Order.MultipleObjectsReturned`; a handler that waits for other exceptions, too, tells nothing. */
function isSeveral(type: Expr): boolean {
  return /(^|\.)MultipleObjectsReturned$/.test(dottedName(type) ?? '');
}

function asksForOne(program: Program, body: readonly Stmt[], { model, place }: FoundLookup): boolean {
  let found = false;
  walkStmts(body, (stmt) => {
    for (const expr of stmtExprs(stmt))
      walkExpr(expr, (part) => {
        if (part.kind !== 'Call' || part.func.kind !== 'Attribute' || !ONE.test(part.func.attr)) return;
        found ||= parts(program.infer.expr(part.func.value, place.fn)).some(
          (type) =>
            (type.t === 'manager' || type.t === 'queryset') && sameModel(program, type.rows.model, model),
        );
      });
  });
  return found;
}
