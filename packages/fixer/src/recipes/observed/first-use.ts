import {
  enclosingStmts,
  type Expr,
  type FixRequest,
  opensScope,
  type OptionalRow,
  type Stmt,
  stmtExprs,
  walkExpr,
  walkStmts,
} from '@danglint/core';
import { restOfLine } from '../../build/lines.ts';
import { boundNames } from '../../build/names.ts';
import { blockOf, lineOf, loopOf } from '../line.ts';
import { hoistBarrier } from '../order.ts';
import { pathTo } from '../path.ts';
import type { Place } from '../place.ts';
import { isPure } from '../purity.ts';
import { fetchedIn } from './left-at-none.ts';

/** Where the guard of a row stands. */
export interface Spot {
  readonly place: Place;
  /** The statement that it stands right behind; null where it stands before the place's own. */
  readonly behind: Stmt | null;
}

/**
 * The first place where a guard does what one before the use would do. It leaves the branches of an `if` and the body of a loop where a use behind
 * these is sure to come, and stands right behind the making of the row where nothing happens in between.
 */
export function firstUse(request: FixRequest, row: OptionalRow, place: Place, name: string): Spot {
  const { body } = request.facts;
  const chain = enclosingStmts(body, fetchedIn(row));
  const made = chain.at(-1);
  const block = made === undefined ? [] : blockOf(chain.at(-2), made, body);
  const at = block.findIndex((stmt) => stmt === place.stmt || place.around.includes(stmt));
  const top = block[at];
  if (made === undefined || top === undefined || at <= block.indexOf(made)) return { place, behind: null };
  const outer = top === place.stmt ? place : above(request, place, block.slice(at), name);
  if (outer === null) return { place, behind: null };
  const between = block.slice(block.indexOf(made) + 1, at);
  const rest = restOfLine(request.source.text, made.end);
  const alone = rest === '' || rest.startsWith('#');
  return { place: outer, behind: alone && between.every(isIdle) ? made : null };
}

/** The place before the first statement of a block that the use stands in, deeper; null where the row may not be used at all from there on. */
function above(
  { source, facts }: FixRequest,
  place: Place,
  [top, ...later]: readonly Stmt[],
  name: string,
): Place | null {
  if (top === undefined) return null;
  const depth = place.around.indexOf(top);
  if (place.around.slice(depth).some(({ kind }) => kind !== 'If' && kind !== 'For')) return null;
  const sure = later.findIndex((stmt) => usesSurely(stmt, name));
  if (sure < 0 || ![top, ...later.slice(0, sure)].every((stmt) => goesOn(stmt, name))) return null;
  const around = place.around.slice(0, depth);
  const block = blockOf(around.at(-1), top, facts.body);
  const line = lineOf(source.text, facts.body, top, around.at(-1), block);
  return 'reason' in line ? null : { ...place, stmt: top, around, block, loop: loopOf(around, top), ...line };
}

/** True for a statement that cannot run without reading an attribute of the name. */
function usesSurely(stmt: Stmt, name: string): boolean {
  return stmtExprs(stmt).some((root) => {
    let found = false;
    walkExpr(root, (part) => {
      if (found || part.kind !== 'Attribute' || !isName(part.value, name)) return;
      const path = pathTo(stmt, part, false);
      found = path !== null && hoistBarrier(stmt, path, false) === null;
    });
    return found;
  });
}

/** True for a statement behind which the code goes on, with the same row, whose attributes are all that it asks for. */
function goesOn(stmt: Stmt, name: string): boolean {
  let same = true;
  walkStmts(
    [stmt],
    (inner) => {
      same &&= !/^(?:Return|Raise|Continue|Break|FunctionDef|ClassDef)$/.test(inner.kind);
      same &&= !boundNames(inner).includes(name);
      for (const expr of stmtExprs(inner)) same &&= mentions(expr, name) === reads(expr, name);
    },
    (inner) => !opensScope(inner),
  );
  return same;
}

function mentions(root: Expr, name: string): number {
  let count = 0;
  walkExpr(root, (part) => {
    if (isName(part, name)) count++;
  });
  return count;
}

function reads(root: Expr, name: string): number {
  let count = 0;
  walkExpr(root, (part) => {
    if (part.kind === 'Attribute' && isName(part.value, name)) count++;
  });
  return count;
}

function isName(expr: Expr, name: string): boolean {
  return expr.kind === 'Name' && expr.id === name;
}

/** True for a statement that only gives names to what is at hand: nobody misses it where the code leaves before it. */
function isIdle(stmt: Stmt): boolean {
  return stmt.kind === 'Assign' && stmt.value !== null
    ? isPure(stmt.value) && stmt.targets.every(({ kind }) => kind === 'Name')
    : stmt.kind === 'Import' || stmt.kind === 'ImportFrom' || stmt.kind === 'Pass';
}
