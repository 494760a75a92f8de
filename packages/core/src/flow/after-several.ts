import { parts, type Program } from '../project/index.ts';
import {
  type Call,
  dottedName,
  type Expr,
  type Stmt,
  stmtExprs,
  walkExpr,
  walkStmts,
} from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';
import { sameModel } from './live-rows.ts';
import { KEEPS_ALL } from './own-values.ts';
import { wordsOf } from './same-words.ts';

/** Methods that raise where they find several rows. */
const ONE = /^a?(get|get_or_create|update_or_create)$/;
/** Methods that take one of the rows that are there. */
const TAKES = /^a?(earliest|latest|first|last)$/;

/**
 * True where the innermost handler is one of `MultipleObjectsReturned` around a lookup of the same model that asked
 * for all that this one asks for: there are rows, more than were wanted.
 */
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

function asksForOne(program: Program, body: readonly Stmt[], { expr, model, place }: FoundLookup): boolean {
  const wanted = conditions(expr);
  let found = false;
  walkStmts(body, (stmt) => {
    for (const inner of stmtExprs(stmt))
      walkExpr(inner, (part) => {
        if (part.kind !== 'Call' || part.func.kind !== 'Attribute' || !ONE.test(part.func.attr)) return;
        const asked = new Set(conditions(part));
        if (!wanted.every((condition) => asked.has(condition))) return;
        found ||= parts(program.infer.expr(part.func.value, place.fn)).some(
          (type) =>
            (type.t === 'manager' || type.t === 'queryset') && sameModel(program, type.rows.model, model),
        );
      });
  });
  return found;
}

/** What a chain asks for, in its own words: each argument of its filters, and calls that nothing is known of as they are. */
function conditions(expr: Expr): readonly string[] {
  const out: string[] = [];
  let at = expr.kind === 'Await' ? expr.value : expr;
  for (; at.kind === 'Call' && at.func.kind === 'Attribute'; at = at.func.value)
    if (!KEEPS_ALL.test(at.func.attr) && !TAKES.test(at.func.attr)) out.push(...asked(at, at.func.attr));
  return out;
}

function asked(call: Call, method: string): readonly string[] {
  if (!ONE.test(method) && !/^a?filter$/.test(method)) return [wordsOf(call)];
  return call.args
    .filter(({ name }) => name !== 'defaults')
    .map((arg) => `${String(arg.star)} ${arg.name ?? ''} ${wordsOf(arg.value)}`);
}
