import {
  type Expr,
  type For,
  opensScope,
  type Stmt,
  stmtExprs,
  type While,
  walkExpr,
  walkStmts,
} from '@danglint/core';
import { dependsOnLoop, readAfter } from './host-names.ts';
import type { Place } from './place.ts';

/** Why skipping an item would put others in its place: what the loop collects is later paired with its items by position. */
export function pairedLater({ loop, functions }: Place): readonly string[] {
  const fn = functions.at(-1);
  const items = loop?.kind === 'For' ? itemsOf(loop.iter) : null;
  if (fn === undefined || loop === null || items === null) return [];
  let paired = false;
  walkStmts(
    fn.body,
    (stmt) => {
      if (stmt.start < loop.end) return;
      for (const expr of stmtExprs(stmt)) walkExpr(expr, (part) => (paired ||= pairs(part, items)));
    },
    (stmt) => !opensScope(stmt),
  );
  return paired
    ? [`\`${items}\` is paired with what the loop collects: after a skipped item they no longer match`]
    : [];
}

/** What code behind the loop would make of a name that the skipped item did not set. */
export function leftBehind({ loop, functions, position }: Place): readonly string[] {
  const fn = functions.at(-1);
  if (fn === undefined || loop === null || position.kind !== 'assign') return [];
  const { id } = position.target;
  return readAfter(fn, loop, id)
    ? [`\`${id}\` is read after the loop: it may then be of another item, or not be set at all`]
    : [];
}

/** What is yielded for each item: whoever pairs or unpacks that would see fewer. */
export function fewerYielded({ loop, functions }: Place): readonly string[] {
  const fn = functions.at(-1);
  if (fn === undefined || loop === null || !fn.generator) return [];
  let yields = false;
  walkStmts(
    loop.body,
    (stmt) => {
      for (const expr of stmtExprs(stmt)) walkExpr(expr, ({ kind }) => (yields ||= kind === 'Yield'));
    },
    (stmt) => !opensScope(stmt),
  );
  return yields ? [`what iterates over \`${fn.name}\` would see fewer items`] : [];
}

/** `ids` of `for id in ids` and `for i, id in enumerate(ids)`. */
function itemsOf(iter: Expr): string | null {
  if (iter.kind === 'Name') return iter.id;
  const named = iter.kind === 'Call' && iter.func.kind === 'Name' && iter.func.id === 'enumerate';
  const first = named ? iter.args[0]?.value : undefined;
  return first?.kind === 'Name' ? first.id : null;
}

function pairs(part: Expr, items: string): boolean {
  return (
    part.kind === 'Call' &&
    part.func.kind === 'Name' &&
    part.func.id === 'zip' &&
    part.args.some(({ value }) => value.kind === 'Name' && value.id === items)
  );
}

/** What an early leave from an inner loop leaves undone: the items of a loop around it that the lookup is made for. */
export function itemsLeft(place: Place): readonly string[] {
  const own = place.around.slice(place.around.findLastIndex(({ kind }) => kind === 'FunctionDef') + 1);
  const loops = own.filter(
    (outer, i): outer is For | While => isLoop(outer) && outer.body.includes(own[i + 1] ?? place.stmt),
  );
  const outer = loops.slice(0, -1).some((loop) => dependsOnLoop({ ...place, loop }));
  return outer ? ['the loop around it would not go on with its other items'] : [];
}

/** True for a lookup of an outer loop's item in a loop that is the last thing of its pass: `break` goes on with the next item. */
export function endsItem(place: Place): boolean {
  const { around, loop, stmt } = place;
  if (loop === null || loop.orelse.length > 0) return false;
  const at = around.indexOf(loop);
  const outer = around[at - 1];
  if (outer === undefined || !isLoop(outer) || outer.body.at(-1) !== loop) return false;
  if (around.slice(at + 1).some(({ kind }) => kind !== 'If' && kind !== 'With' && kind !== 'Try'))
    return false;
  return loop.start < stmt.start && dependsOnLoop({ ...place, loop: outer });
}

function isLoop(stmt: Stmt): stmt is For | While {
  return stmt.kind === 'For' || stmt.kind === 'While';
}
