import { parts, type Place, type Program } from '../project/index.ts';
import {
  type Call,
  dottedName,
  type Expr,
  type Stmt,
  stmtExprs,
  walkExpr,
  walkStmts,
} from '../syntax/index.ts';
import { modelOf } from './asked-rows.ts';
import { conditions, ONE } from './conditions.ts';
import type { FoundLookup } from './find-lookups.ts';
import { sameModel } from './live-rows.ts';
import { KEEPS_ALL } from './own-values.ts';
import { wordsOf } from './same-words.ts';

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

/** The same of rows that another function takes one of: by their model, and the names of the columns that they are asked by. */
export function foundSeveral(program: Program, { frame, fn }: Place, model: string, rows: Expr): boolean {
  if (frame?.kind !== 'handler' || frame.handler.type === null || !isSeveral(frame.handler.type))
    return false;
  const wanted = columns(rows);
  return lookupsIn(frame.stmt.body).some((call) => {
    const asked = new Set(columns(call));
    const type = call.func.kind === 'Attribute' ? program.infer.expr(call.func.value, fn) : null;
    return type !== null && modelOf(program, type) === model && wanted.every((name) => asked.has(name));
  });
}

/** The names by which a chain asks; calls that nothing is known of stand for themselves. */
function columns(expr: Expr): readonly string[] {
  const out: string[] = [];
  for (let at = expr; at.kind === 'Call' && at.func.kind === 'Attribute'; at = at.func.value)
    if (ONE.test(at.func.attr) || /^a?filter$/.test(at.func.attr))
      out.push(...at.args.map(({ name, value }) => name ?? wordsOf(value)));
    else if (!KEEPS_ALL.test(at.func.attr)) out.push(wordsOf(at));
  return out;
}

/** `Order.MultipleObjectsReturned`; a handler that waits for other exceptions, too, tells nothing. */
function isSeveral(type: Expr): boolean {
  return /(^|\.)MultipleObjectsReturned$/.test(dottedName(type) ?? '');
}

/** One of the lookups of a block asks for all that a lookup asks for. */
export function asksForOne(
  program: Program,
  body: readonly Stmt[],
  { expr, model, place }: FoundLookup,
): boolean {
  const wanted = conditions(expr);
  return lookupsIn(body).some((call) => {
    const asked = new Set(conditions(call));
    if (call.func.kind !== 'Attribute' || !wanted.every((condition) => asked.has(condition))) return false;
    return parts(program.infer.expr(call.func.value, place.fn)).some(
      (type) => (type.t === 'manager' || type.t === 'queryset') && sameModel(program, type.rows.model, model),
    );
  });
}

/** The calls of a block that raise where they find several rows. */
function lookupsIn(body: readonly Stmt[]): readonly Call[] {
  const out: Call[] = [];
  walkStmts(body, (stmt) => {
    for (const inner of stmtExprs(stmt))
      walkExpr(inner, (part) => {
        if (part.kind === 'Call' && part.func.kind === 'Attribute' && ONE.test(part.func.attr))
          out.push(part);
      });
  });
  return out;
}
