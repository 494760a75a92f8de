import type { Frame, FunctionInfo, Place } from '../project/index.ts';
import {
  childExprs,
  type Comprehension,
  type Expr,
  isComprehension,
  opensScope,
  type Stmt,
  stmtExprs,
} from '../syntax/index.ts';

interface Extent {
  readonly start: number;
  readonly end: number;
}

/** A place of a function, given by an expression or a handler in it; `null` when it does not stand in the function's own code. */
export function placeAt(fn: FunctionInfo, at: Extent): Place | null {
  return inBlock(fn, fn.body, at, null, null);
}

function inBlock(
  fn: FunctionInfo,
  body: readonly Stmt[],
  at: Extent,
  frame: Frame | null,
  loop: Place['loop'],
): Place | null {
  const stmt = body.find((candidate) => holds(candidate, at));
  if (stmt === undefined) return null;
  const here: Place = { fn, stmt, frame, loop: comprehensionAt(stmt, at) ?? loop, deferred: null };
  if (opensScope(stmt)) return here;
  return inside(fn, stmt, at, frame, loop) ?? here;
}

function inside(
  fn: FunctionInfo,
  stmt: Stmt,
  at: Extent,
  frame: Frame | null,
  loop: Place['loop'],
): Place | null {
  const enter = (
    body: readonly Stmt[],
    inner: Frame | null = frame,
    around: Place['loop'] = loop,
  ): Place | null => inBlock(fn, body, at, inner, around);
  switch (stmt.kind) {
    case 'If':
      return enter(stmt.body) ?? enter(stmt.orelse);
    case 'For':
    case 'While':
      return enter(stmt.body, frame, stmt) ?? enter(stmt.orelse);
    case 'Try': {
      const tried = enter(stmt.body, { kind: 'try', stmt, parent: frame });
      if (tried !== null) return tried;
      for (const handler of stmt.handlers) {
        const handled = enter(handler.body, { kind: 'handler', stmt, handler, parent: frame });
        if (handled !== null) return handled;
      }
      return enter(stmt.orelse) ?? enter(stmt.finalbody);
    }
    case 'With': {
      let inner = frame;
      for (const item of stmt.items) inner = { kind: 'with', stmt, item, parent: inner };
      return enter(stmt.body, inner);
    }
    case 'Match':
      return stmt.cases.map((item) => enter(item.body)).find((place) => place !== null) ?? null;
    default:
      return null;
  }
}

function holds(outer: Extent, at: Extent): boolean {
  return outer.start <= at.start && at.end <= outer.end;
}

/** The innermost comprehension of a statement's own expressions around a place, the source of its first loop left out. */
function comprehensionAt(stmt: Stmt, at: Extent): Comprehension | null {
  let found: Comprehension | null = null;
  const visit = (expr: Expr): void => {
    if (!holds(expr, at)) return;
    if (isComprehension(expr) && !holds(expr.generators[0]?.iter ?? at, at)) found = expr;
    for (const child of childExprs(expr)) visit(child);
  };
  for (const expr of stmtExprs(stmt)) visit(expr);
  return found;
}
