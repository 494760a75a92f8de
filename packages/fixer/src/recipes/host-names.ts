import {
  type Expr,
  type FunctionDef,
  opensScope,
  type Span,
  type Stmt,
  walkExpr,
  stmtExprs,
  walkStmts,
} from '@danglint/core';
import { boundNames, namesIn } from '../build/names.ts';
import type { Place } from './place.ts';

/** True when what is looked up changes from one pass of the loop around it to the next. */
export function dependsOnLoop({ loop, node }: Place): boolean {
  if (loop === null) return false;
  const bound = new Set(boundNames(loop));
  walkStmts(
    loop.body,
    (stmt) => {
      for (const name of boundNames(stmt)) bound.add(name);
      for (const expr of stmtExprs(stmt))
        walkExpr(expr, (part) => part.kind === 'NamedExpr' && bound.add(part.target.id));
    },
    (stmt) => !opensScope(stmt),
  );
  return [...namesIn(node)].some((name) => bound.has(name));
}

/** Why `continue` could make a `while` loop run for ever; null when nothing speaks for that. */
export function continueTrap({ loop, stmt }: Place): string | null {
  if (loop?.kind !== 'While') return null;
  const watched = namesIn(loop.test);
  const later = new Set<string>();
  let leaves = false;
  walkStmts(
    loop.body,
    (inner) => {
      if (inner.start < stmt.end) return;
      for (const name of boundNames(inner)) later.add(name);
      leaves ||= inner.kind === 'Break' || inner.kind === 'Return';
    },
    (inner) => !opensScope(inner),
  );
  return leaves || [...watched].some((name) => later.has(name))
    ? '`continue` would skip what ends this `while` loop'
    : null;
}

/**
 * Why `continue` would keep a missing row for every pass to come: the lookup asks for what an earlier pass left in a name, and the
 * loop binds that name only after it. Null when it asks for the item of this pass.
 */
export function carriedOver({ loop, stmt }: Place, lookup: Expr | null): string | null {
  if (loop === null || lookup === null) return null;
  const before = new Set(loop.kind === 'For' ? boundNames(loop) : []);
  const later = new Set<string>();
  walkStmts(
    loop.body,
    (inner) => {
      if (inner.start === stmt.start) return;
      for (const name of boundNames(inner)) (inner.start < stmt.start ? before : later).add(name);
    },
    (inner) => !opensScope(inner),
  );
  const carried = [...namesIn(lookup)].find((name) => later.has(name) && !before.has(name));
  return carried === undefined
    ? null
    : `\`${carried}\` comes from an earlier pass of the loop, and \`continue\` would keep it`;
}

/** `return` or `return None`, as the function itself does it. */
export function returnText(fn: FunctionDef): 'return' | 'return None' {
  if (fn.generator) return 'return';
  let value = false;
  walkStmts(
    fn.body,
    (stmt) => {
      value ||= stmt.kind === 'Return' && stmt.value !== null;
    },
    (stmt) => !opensScope(stmt),
  );
  return value ? 'return None' : 'return';
}

/** True when a function only has effects: no path returns a value. */
export function isVoid(fn: FunctionDef): boolean {
  if (fn.generator) return false;
  let value = false;
  walkStmts(
    fn.body,
    (stmt) => {
      const returned = stmt.kind === 'Return' ? stmt.value : null;
      value ||= returned !== null && !(returned.kind === 'Constant' && returned.type === 'none');
    },
    (stmt) => !opensScope(stmt),
  );
  return !value;
}

/** True for a name that a function declares `global` or `nonlocal`. */
export function declaresOuter(fn: FunctionDef, name: string): boolean {
  let found = false;
  walkStmts(
    fn.body,
    (stmt) => {
      found ||= (stmt.kind === 'Global' || stmt.kind === 'Nonlocal') && stmt.names.includes(name);
    },
    (stmt) => !opensScope(stmt),
  );
  return found;
}

/** True when a function mentions a name outside one of its loops. */
export function readOutside(fn: FunctionDef, loop: Span, name: string): boolean {
  let found = false;
  walkStmts(
    fn.body,
    (stmt) => {
      if (loop.start <= stmt.start && stmt.end <= loop.end) return;
      for (const expr of stmtExprs(stmt)) found ||= namesIn(expr).has(name);
    },
    (stmt) => stmt.start !== loop.start,
  );
  return found;
}

/** True when what a loop left in a name is read after it, before the name gets another value. */
export function readAfter(fn: FunctionDef, loop: Span, name: string): boolean {
  let read: boolean | null = null;
  walkStmts(
    fn.body,
    (stmt) => {
      if (stmt.start < loop.end || read !== null) return;
      const bound = stmt.kind === 'Assign' ? stmt.targets : stmt.kind === 'For' ? [stmt.target] : [];
      const rebound = bound.some((target) => target.kind === 'Name' && target.id === name);
      const value = stmt.kind === 'Assign' ? stmt.value : stmt.kind === 'For' ? stmt.iter : null;
      if (rebound) read = value !== null && namesIn(value).has(name);
      else if ([...stmtExprs(stmt)].some((expr) => namesIn(expr).has(name))) read = true;
    },
    (stmt) => !opensScope(stmt),
  );
  return read === true;
}

/** True when the statement stands in a `finally` block of its function. */
export function inFinally({ around, stmt }: Place): boolean {
  return around.some((outer, i) => {
    const inner: Stmt = around[i + 1] ?? stmt;
    return outer.kind === 'Try' && outer.finalbody.includes(inner);
  });
}

/** True when the statement stands in an `except*` handler, which must not be left by a jump. */
export function inExceptStar({ around, stmt }: Place, text: string): boolean {
  return around.some((outer) => {
    if (outer.kind !== 'Try') return false;
    const handler = outer.handlers.find(({ start, end }) => start <= stmt.start && stmt.end <= end);
    return handler !== undefined && /^except\s*\*/.test(text.slice(handler.start, handler.start + 20));
  });
}
