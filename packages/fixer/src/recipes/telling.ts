import {
  dottedName,
  type Expr,
  type FunctionDef,
  type Host,
  opensScope,
  type Raise,
  type Stmt,
  stmtBlocks,
  walkStmts,
} from '@danglint/core';
import { isLogCall } from './handler.ts';
import { isVoid } from './host-names.ts';
import type { Place } from './place.ts';

/** Why leaving early would hide an error: what follows raises in any case. */
export function raisesNext({ position, block, stmt }: Place): string | null {
  const after = block.slice(block.indexOf(stmt) + 1);
  const last = after.at(-1);
  if (last?.kind !== 'Raise' || last.exc === null) return null;
  const only = after.length === 1 && position.kind === 'statement';
  return only || !after.some(leavesOtherwise) ? 'what follows raises in any case' : null;
}

/** What a function that returns nothing would hide by leaving early: further on it raises where something is wrong. */
export function raisesLater(fn: FunctionDef, place: Place): string | null {
  return isVoid(fn) && ownRaises(fn).some((raise) => follows(raise, place))
    ? `\`${fn.name}\` raises where something is wrong, which to leave it early would hide`
    : null;
}

/** True for a statement that may run after the one of a place: it stands behind it, and not in another branch. */
function follows({ start, end }: Stmt, { stmt, around }: Place): boolean {
  if (start < stmt.end) return false;
  return around.every((outer, i) => {
    if ((outer.kind !== 'If' && outer.kind !== 'Match') || outer.end < end) return true;
    const inner = around[i + 1] ?? stmt;
    const own = stmtBlocks(outer).find((block) => block.includes(inner));
    return (own?.at(-1)?.end ?? 0) >= end;
  });
}

/** True for a function that raises an exception of that name itself. */
export function raisesNamed(fn: FunctionDef, name: string): boolean {
  return ownRaises(fn).some(({ exc }) => {
    const type = exc?.kind === 'Call' ? exc.func : exc;
    return type !== null && type !== undefined && dottedName(type)?.split('.').at(-1) === name;
  });
}

/** Exceptions that a function raises by itself: not those of a handler, nor what says that there is no such method. */
function ownRaises(fn: FunctionDef): readonly Raise[] {
  const found: Raise[] = [];
  const inside = new Set<Stmt>();
  walkStmts(
    fn.body,
    (stmt) => {
      if (stmt.kind === 'Try')
        for (const { body } of stmt.handlers) walkStmts(body, (inner) => inside.add(inner));
      if (stmt.kind === 'Raise' && stmt.exc !== null && !inside.has(stmt)) found.push(stmt);
    },
    (stmt) => !opensScope(stmt),
  );
  return found;
}

/** True when a statement, or one inside it, may leave the block in another way than by an exception. */
function leavesOtherwise(stmt: Stmt): boolean {
  if (stmt.kind === 'Return' || stmt.kind === 'Continue' || stmt.kind === 'Break') return true;
  return !opensScope(stmt) && stmtBlocks(stmt).some((block) => block.some(leavesOtherwise));
}

/**
 * Why a function that only checks something cannot leave early: it raises where something is wrong,
 * or has others do so, or adds to a list of errors, and
 * to return says that all is well. Null for functions that do work of their own.
 */
export function checkTrap(fn: FunctionDef, { raisingCalls }: Pick<Host, 'raisingCalls'>): string | null {
  if (!isVoid(fn)) return null;
  const through = raisingCalls.length > 0;
  let raises = false;
  let works = false;
  let chooses = false;
  walkStmts(
    fn.body,
    (stmt) => {
      raises ||= (stmt.kind === 'Raise' && stmt.exc !== null) || stmt.kind === 'Assert' || collects(stmt);
      chooses ||=
        stmt.kind === 'If' || stmt.kind === 'Return' || (stmt.kind === 'Assert' && stmt !== fn.body[0]);
      works ||=
        !CHECKS.has(stmt.kind) &&
        !collects(stmt) &&
        !calls(stmt, raisingCalls) &&
        !(stmt.kind === 'ExprStmt' && isQuietStatement(stmt.value));
      if (stmt.kind === 'Assign')
        works ||= stmt.targets.some(({ kind }) => kind !== 'Name' && kind !== 'Tuple');
    },
    (stmt) => !opensScope(stmt),
  );
  return (through || (raises && chooses)) && (!works || CHECK_NAMES.test(fn.name))
    ? `\`${fn.name}\` checks something: to leave it early would say that all is well`
    : null;
}

const CHECKS: ReadonlySet<Stmt['kind']> = new Set([
  'If',
  'Return',
  'Raise',
  'Assign',
  'For',
  'While',
  'Try',
  'With',
  'Pass',
  'Continue',
  'Break',
  'Import',
  'ImportFrom',
  'Assert',
] as const);
const CHECK_NAMES =
  /(?:^|_)(?:checks?|validates?|verify|ensure|requires?|assert|authori[sz]e|enforce)(?:_|$)/;

/** `verify_owner(order)`, `self.fail("gone")`: called for the exception. */
function calls(stmt: Stmt, names: readonly string[]): boolean {
  const value = stmt.kind === 'ExprStmt' ? stmt.value : null;
  const call = value?.kind === 'Await' ? value.value : value;
  const name = call?.kind === 'Call' ? dottedName(call.func)?.split('.').at(-1) : undefined;
  return name !== undefined && names.includes(name);
}

/** `errors.append(...)`, `self.add_error(...)`. */
function collects(stmt: Stmt): boolean {
  const func = stmt.kind === 'ExprStmt' && stmt.value.kind === 'Call' ? stmt.value.func : null;
  if (func?.kind !== 'Attribute') return false;
  const list = /^(?:append|add|extend)$/.test(func.attr) ? (dottedName(func.value) ?? '') : null;
  return list === null ? func.attr === 'add_error' : /(?:^|[._])(?:errors|problems|violations)$/.test(list);
}

/** A docstring, or a log. */
function isQuietStatement(value: Expr): boolean {
  return value.kind === 'Constant' || isLogCall(value);
}
