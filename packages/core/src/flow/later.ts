import type { Frame, Place } from '../project/index.ts';
import {
  type Argument,
  type Call,
  type Expr,
  type Stmt,
  stmtExprs,
  walkExpr,
  walkStmts,
} from '../syntax/index.ts';
import { isDetached } from './boundaries.ts';
import { lastName } from './site-table.ts';

/** Calls that give an iterator and run nothing yet. */
const LAZY = new Set([
  'map',
  'filter',
  'starmap',
  'takewhile',
  'dropwhile',
  'filterfalse',
  'imap',
  'ifilter',
]);

/**
 * What stands around a place when its code runs: handlers around a statement are gone when a lambda, generator, coroutine or
 * callback that it keeps runs after it (`semantics.md` §4). `made` is the call that gave the coroutine or generator.
 */
export function frameAtRun(place: Place, made: Expr | null = null): Frame | null {
  for (const held of [made, place.deferred]) {
    const frame = held === null ? place.frame : frameOf(held, place);
    if (frame !== place.frame) return frame;
  }
  return place.frame;
}

/** True when no handler around the statement sees what the code at a place raises. */
export function runsLater(place: Place): boolean {
  return frameAtRun(place) !== place.frame;
}

function frameOf(held: Expr, place: Place): Frame | null {
  const { stmt } = place;
  if ((stmt.kind === 'Assign' || stmt.kind === 'Return') && stmt.value === held) return kept(stmt, place);
  const call = takenBy(held, stmt);
  if (call === null) return place.frame;
  if (isDetached(call)) return null;
  return LAZY.has(lastName(call.func) ?? '') ? frameOf(call, place) : place.frame;
}

/** The frame in which a value that a statement keeps is used: the first one around whose body reads it again. */
function kept(stmt: Stmt, place: Place): Frame | null {
  const target = stmt.kind === 'Assign' && stmt.targets.length === 1 ? stmt.targets[0] : undefined;
  if (target?.kind !== 'Name') return null;
  for (let { frame } = place; frame !== null; frame = frame.parent) {
    const body = frame.kind === 'handler' ? frame.handler.body : frame.stmt.body;
    if (reads(body, target.id, stmt.end)) return frame;
  }
  return null;
}

function reads(body: readonly Stmt[], name: string, from: number): boolean {
  let found = false;
  walkStmts(body, (stmt) => {
    if (stmt.end <= from) return;
    for (const expr of stmtExprs(stmt)) {
      walkExpr(expr, (part) => {
        if (part.kind === 'Name' && part.id === name && part.start >= from) found = true;
      });
    }
  });
  return found;
}

/** The call of a statement that runs a coroutine among its arguments and keeps what it raises: `gather(..., return_exceptions=True)`. */
export function collectorOf(made: Expr | null, stmt: Stmt): Call | null {
  if (made === null) return null;
  let collector: Call | null = null;
  for (const expr of stmtExprs(stmt)) {
    walkExpr(expr, (part) => {
      const keeps = ({ name, value }: Argument): boolean =>
        name === 'return_exceptions' && value.kind === 'Constant' && value.value === 'True';
      const holds = ({ value }: Argument): boolean => value.start <= made.start && made.end <= value.end;
      if (part.kind === 'Call' && part.args.some(keeps) && part.args.some(holds)) collector = part;
    });
  }
  return collector;
}

/** The call of a statement that takes an expression as an argument. */
export function takenBy(held: Expr, stmt: Stmt): Call | null {
  let taker: Call | null = null;
  for (const expr of stmtExprs(stmt)) {
    walkExpr(expr, (part) => {
      if (part.kind === 'Call' && part.args.some((arg) => arg.value === held)) taker = part;
    });
  }
  return taker;
}
