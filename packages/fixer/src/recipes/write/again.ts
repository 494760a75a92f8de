import {
  type Call,
  dottedName,
  type Edit,
  type Expr,
  type FixRequest,
  type FunctionDef,
  opensScope,
  type Span,
  type Stmt,
  stmtBlocks,
  stmtExprs,
  walkExpr,
  walkStmts,
} from '@danglint/core';
import { replacement } from '../../build/edit.ts';
import { boundNames } from '../../build/names.ts';
import { catchesMissingRows } from '../handler.ts';
import type { Place } from '../place.ts';

/** Other reads of the attribute that a variable now holds. */
export interface OtherReads {
  /** In the expressions of the statement itself. */
  readonly beside: readonly Span[];
  /** In what runs after them: the blocks of the statement, and the statements behind it. */
  readonly later: readonly Edit[];
}

const NONE: OtherReads = { beside: [], later: [] };

/**
 * Other reads of the same attribute of the same object where a variable has its value: they can read the variable instead. None
 * where the object or the attribute is bound anew, or may be changed by what is called with it.
 */
export function readAgain(
  { block, stmt, node, functions, loop }: Place,
  variable: string,
  { judgement, facts }: FixRequest,
): OtherReads {
  const { model, setters: elsewhere } = judgement.lookup;
  const fn = functions.at(-1);
  const path = node.kind === 'Attribute' ? dottedName(node) : null;
  if (fn === undefined || path === null || binds(fn, variable, stmt.end)) return NONE;
  const own = new Set([...setters(facts.body, path), ...elsewhere]);
  const until = unchangedUntil(fn, path, node.start, own);
  if (loop !== null && until < loop.end) return NONE;
  const beside = [...stmtExprs(stmt)].flatMap((expr) => reads(expr, path));
  const later: Edit[] = [];
  walkStmts(
    [...stmtBlocks(stmt).flat(), ...block.slice(block.indexOf(stmt) + 1)],
    (inner) => {
      if (inner.kind !== 'FunctionDef' && inner.kind !== 'ClassDef')
        for (const expr of stmtExprs(inner))
          later.push(...reads(expr, path).map(({ start, end }) => replacement(start, end, variable)));
    },
    (inner) => !opensScope(inner) && !answers(inner, model),
  );
  return {
    beside: beside.filter(({ start }) => start !== node.start && start < until),
    later: later.filter(({ start }) => start < until),
  };
}

/** True for a `try` that may catch that a row of the model is missing. */
function answers(stmt: Stmt, model: string | null): boolean {
  return stmt.kind === 'Try' && stmt.handlers.some((handler) => catchesMissingRows(handler, model));
}

/** Reads that run where they stand: not those of a lambda. */
function reads(expr: Expr, path: string): readonly Span[] {
  const found: Span[] = [];
  let later = false;
  walkExpr(expr, (part) => {
    later ||= part.kind === 'Lambda';
    if (part.kind === 'Attribute' && dottedName(part) === path) found.push(part);
  });
  return later ? [] : found;
}

/** Names of functions and methods that change what they are given; the row behind the path stays that row. */
const CHANGES =
  /^(?:a?refresh|reload|set|update|assign|reassign|change|merge|move|replace|transfer|swap|switch|reset|clear|link|unlink|attach|detach|del)(?:_|attr|$)/;

/**
 * Up to where a relation read at `from` keeps its value: the first place behind it where a part of the path is assigned, or where what
 * is called with it may do so; the start of a loop around that place, whose next pass it changes.
 */
function unchangedUntil(fn: FunctionDef, path: string, from: number, own: ReadonlySet<string>): number {
  const [root = ''] = path.split('.');
  const loops: Stmt[] = [];
  let first = Number.POSITIVE_INFINITY;
  const changed = (at: number): void => {
    const loop = loops.find(({ start, end }) => start > from && start <= at && at <= end);
    first = Math.min(first, loop?.start ?? at);
  };
  const looks = (expr: Expr): void =>
    walkExpr(expr, (part) => {
      if (part.kind === 'NamedExpr' && part.target.id === root) changed(part.start);
      if (part.kind === 'Call' && part.end > from && mayChange(part, path, own)) changed(part.end);
    });
  const visit = (stmt: Stmt): void => {
    if (stmt.end <= from) return;
    if (stmt.kind === 'For' || stmt.kind === 'While') loops.push(stmt);
    const targets = stmt.kind === 'Assign' || stmt.kind === 'Delete' ? stmt.targets : [];
    if (boundNames(stmt).includes(root) && stmt.start > from)
      changed(stmtBlocks(stmt).length === 0 ? stmt.end : stmt.start);
    for (const target of targets)
      if (target.kind === 'Attribute' && isPartOf(target, path)) changed(target.start);
    for (const expr of stmtExprs(stmt)) looks(expr);
  };
  walkStmts(fn.body, visit, (stmt) => !opensScope(stmt));
  return first;
}

/** True for a call of what may assign a part of the path, given one. */
function mayChange({ func, args }: Call, path: string, own: ReadonlySet<string>): boolean {
  const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '';
  if (!CHANGES.test(name) && !own.has(name)) return false;
  const given = [...args.map(({ value }) => value), ...(func.kind === 'Attribute' ? [func.value] : [])];
  return given.some((value) => dottedName(value) !== path && isPartOf(value, path));
}

/** Functions and methods of the file that assign an attribute of the path to something: `order.customer = customer`. */
function setters(body: readonly Stmt[], path: string): ReadonlySet<string> {
  const steps = path.split('.').slice(1);
  const found = new Set<string>();
  const visit = (stmts: readonly Stmt[], names: readonly string[]): void => {
    for (const stmt of stmts) {
      const inside = stmt.kind === 'FunctionDef' ? [...names, stmt.name] : names;
      if (stmt.kind === 'Assign')
        for (const target of stmt.targets)
          if (target.kind === 'Attribute' && steps.includes(target.attr.replace(/_id$/, '')))
            for (const name of inside) found.add(name);
      for (const block of stmtBlocks(stmt)) visit(block, inside);
    }
  };
  visit(body, []);
  return found;
}

/** `order` and `order.customer` of `order.customer`, and `order.customer_id`, which decides about it. */
function isPartOf(expr: Expr, path: string): boolean {
  const name = dottedName(expr)?.replace(/_id$/, '');
  return name !== undefined && (path === name || path.startsWith(`${name}.`));
}

/** True when a name gets another value behind an offset. */
function binds(fn: FunctionDef, name: string, from: number): boolean {
  let found = false;
  walkStmts(
    fn.body,
    (stmt) => {
      found ||= stmt.start >= from && boundNames(stmt).includes(name);
    },
    (stmt) => !opensScope(stmt),
  );
  return found;
}
