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
 * The first place where a guard does what one before the use would do. It leaves branches and loops where a use behind these is sure to come, and
 * stands right behind the making of the row where nothing happens in between.
 */
export function firstUse(request: FixRequest, row: OptionalRow, use: Place, name: string): Spot {
  const { body } = request.facts;
  const chain = enclosingStmts(body, fetchedIn(row));
  const made = chain.at(-1);
  const block = made === undefined ? [] : blockOf(chain.at(-2), made, body);
  const from = block.indexOf(made ?? use.stmt);
  const at = block.findIndex((stmt) => stmt === use.stmt || use.around.includes(stmt));
  if (made === undefined || from < 0 || at <= from) return { place: use, behind: null };
  const place = outermost(request, use, use.around.indexOf(block[at] ?? use.stmt), name);
  if (place.stmt !== block[at]) return { place, behind: null };
  const rest = restOfLine(request.source.text, made.end);
  const alone = rest === '' || rest.startsWith('#');
  return { place, behind: alone && block.slice(from + 1, at).every(isIdle) ? made : null };
}

/** The place before the outermost statement around the use, from a depth on, that goes on to another use. */
function outermost({ source, facts }: FixRequest, use: Place, depth: number, name: string): Place {
  const { around } = use;
  const inner = around.findLastIndex(({ kind }) => kind === 'Try' || kind === 'Match') + 1;
  for (const top of depth < 0 ? [] : around.slice(Math.max(depth, inner))) {
    const outside = around.slice(0, around.indexOf(top));
    const block = blockOf(outside.at(-1), top, facts.body);
    const line = lineOf(source.text, facts.body, top, outside.at(-1), block);
    if ('reason' in line || isElif(top) || !comesAgain(block.slice(block.indexOf(top)), name)) continue;
    return { ...use, stmt: top, around: outside, block, loop: loopOf(outside, top), ...line };
  }
  return use;
}

function isElif(stmt: Stmt): boolean {
  return stmt.kind === 'If' && stmt.elif;
}

/** True where one of the statements behind the first is sure to use the row, and nothing before that leaves or looks at it. */
function comesAgain([first, ...later]: readonly Stmt[], name: string): boolean {
  const sure = later.findIndex((stmt) => usesSurely(stmt, name));
  return (
    first !== undefined && sure >= 0 && [first, ...later.slice(0, sure)].every((stmt) => goesOn(stmt, name))
  );
}

/** True for a statement that cannot run without reading an attribute, or an item, of the name. */
function usesSurely(stmt: Stmt, name: string): boolean {
  return stmtExprs(stmt).some((root) => {
    let found = false;
    walkExpr(root, (part) => {
      if (found || !isRead(part, name)) return;
      const path = pathTo(stmt, part, false);
      found = path !== null && hoistBarrier(stmt, path, false) === null;
    });
    return found;
  });
}

/** True for a statement behind which the code goes on, with the same row, whose attributes and items are all that it asks for. */
function goesOn(stmt: Stmt, name: string): boolean {
  let same = true;
  const loops: Stmt[] = [];
  walkStmts(
    [stmt],
    (inner) => {
      if (inner.kind === 'For' || inner.kind === 'While') loops.push(inner);
      same &&= !/^(?:Return|Raise|FunctionDef|ClassDef)$/.test(inner.kind);
      const jumps = inner.kind === 'Continue' || inner.kind === 'Break';
      same &&= !jumps || loops.some(({ start, end }) => start < inner.start && inner.end <= end);
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
    if (isRead(part, name)) count++;
  });
  return count;
}

function isRead(part: Expr, name: string): boolean {
  return (part.kind === 'Attribute' || part.kind === 'Subscript') && isName(part.value, name);
}

function isName(expr: Expr, name: string): boolean {
  return expr.kind === 'Name' && expr.id === name;
}

/** True for a statement that only gives names to what is at hand: nobody misses it where the code leaves before it. */
function isIdle(stmt: Stmt): boolean {
  if (stmt.kind === 'Assign')
    return stmt.value !== null && isPure(stmt.value) && stmt.targets.every(({ kind }) => kind === 'Name');
  const text = stmt.kind === 'ExprStmt' && stmt.value.kind === 'Constant';
  return text || stmt.kind === 'Import' || stmt.kind === 'ImportFrom' || stmt.kind === 'Pass';
}
