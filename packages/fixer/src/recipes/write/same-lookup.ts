import {
  type Expr,
  type FixRequest,
  opensScope,
  type Stmt,
  stmtExprs,
  walkExpr,
  walkStmts,
} from '@danglint/core';
import { replacement } from '../../build/edit.ts';
import { flatten } from '../../build/flatten.ts';
import { boundNames, namesIn } from '../../build/names.ts';
import { isLogCall } from '../handler.ts';
import { hoistBarrier } from '../order.ts';
import { pathTo } from '../path.ts';
import type { Place } from '../place.ts';
import { isPure } from '../purity.ts';
import type { OtherReads } from './again.ts';
import { firstText, withFirst } from './first.ts';
import type { Site } from './site.ts';

/**
 * The variable of an equal lookup before this one or in another branch, or one that holds another row of the same manager for one use, as
 * fixes write it: it can hold this row as well. Only where nothing else is ever bound to it, and nothing reads it from here on.
 */
export function sameLookup(
  { functions, node, stmt, loop }: Place,
  request: FixRequest,
  model: string,
): string | null {
  const fn = functions.at(-1);
  const forms = node.kind === 'Call' ? formsOf(node, request) : null;
  if (fn === undefined || forms === null) return null;
  const { text } = request.source;
  const bound = new Map<string, Bound>();
  const late = new Set<string>(fn.params.map(({ name }) => name));
  const reads = new Map<string, number>();
  const visit = (inner: Stmt): void => {
    const value = inner.kind === 'Assign' && inner.targets.length === 1 ? inner.value : null;
    const form = value === null ? null : flatten(text, value.start, value.end);
    const near = loop === null || (loop.start < inner.start && inner.end < loop.end);
    for (const name of boundNames(inner)) {
      const { equal, alike, times } = bound.get(name) ?? { equal: true, alike: true, times: 0 };
      bound.set(name, {
        equal: equal && near && forms.equal.has(form ?? ''),
        alike: alike && near && forms.root !== null && form?.startsWith(forms.root) === true,
        times: times + 1,
      });
    }
    if (opensScope(inner) || inner.kind === 'Global' || inner.kind === 'Nonlocal')
      for (const name of everyName(inner)) late.add(name);
    for (const expr of stmtExprs(inner))
      walkExpr(expr, (part) => {
        if (part.kind === 'Name') reads.set(part.id, (reads.get(part.id) ?? 0) + 1);
        if (part.kind === 'Name' && part.start >= stmt.start) late.add(part.id);
        if (part.kind === 'Lambda') for (const name of namesIn(part)) late.add(name);
      });
  };
  walkStmts(fn.body, visit, (inner) => !opensScope(inner));
  const fits = ([name, { equal, alike, times }]: readonly [string, Bound]): boolean =>
    (equal || (alike && (reads.get(name) ?? 0) <= times * MENTIONS)) &&
    !late.has(name) &&
    (name === model || name.startsWith(`${model}_`));
  return [...bound].find(fits)?.[0] ?? null;
}

/** What a name is bound to: the equal lookup each time, a lookup of the same manager each time; and how often. */
interface Bound {
  readonly equal: boolean;
  readonly alike: boolean;
  readonly times: number;
}

/** A row for one use is mentioned where it is bound, in the check, and in the use. */
const MENTIONS = 3;

interface Forms {
  /** A lookup as it is written, and as `first()`. */
  readonly equal: ReadonlySet<string>;
  /** `Order.objects.`; null for other receivers. */
  readonly root: string | null;
}

function formsOf(node: Extract<Expr, { kind: 'Call' }>, { source }: FixRequest): Forms | null {
  const flat = flatten(source.text, node.start, node.end);
  const first = firstText(source.text, node);
  const other = first === null ? null : flatten(withFirst(source.text, node, first));
  if (flat === null) return null;
  return {
    equal: new Set([flat, ...(other === null ? [] : [other])]),
    root: /^(?:\w+\.)*[A-Z]\w*\.objects\./.exec(flat)?.[0] ?? null,
  };
}

function everyName(stmt: Stmt): readonly string[] {
  const names = [...boundNames(stmt)];
  const visit = (inner: Stmt): void => {
    for (const expr of stmtExprs(inner)) names.push(...namesIn(expr));
  };
  visit(stmt);
  if (stmt.kind === 'FunctionDef' || stmt.kind === 'ClassDef') walkStmts(stmt.body, visit);
  return names;
}

/**
 * Equal lookups that a column is read of, in the statement of this one and in those behind it, as long as nothing runs between
 * them that could change the row: they can read the variable.
 */
export function sameAgain({ request, place }: Site, variable: string): OtherReads {
  const { block, stmt, node } = place;
  const { text } = request.source;
  const flat = flatten(text, node.start, node.end);
  const beside: Expr[] = [];
  const later: Expr[] = [];
  if (node.kind !== 'Call' || flat === null || place.value !== node || !readsColumn(place.path))
    return { beside, later: [] };
  const fixed = namesIn(node);
  const known = new Set<Expr>([node]);
  for (const next of block.slice(block.indexOf(stmt))) {
    const found = equal(next, text, flat, known);
    (next === stmt ? beside : later).push(...found);
    if (!isQuiet(next, known, new Set([...fixed, variable]))) break;
  }
  return { beside, later: later.map(({ start, end }) => replacement(start, end, variable)) };
}

/** The equal lookups of a statement that are sure to run, before anything with an effect; they join those that are known. */
function equal(stmt: Stmt, text: string, flat: string, known: Set<Expr>): readonly Expr[] {
  const found: Expr[] = [];
  for (const root of stmtExprs(stmt))
    walkExpr(root, (part) => {
      if (part.kind !== 'Call' || known.has(part) || flatten(text, part.start, part.end) !== flat) return;
      const path = pathTo(stmt, part, true);
      if (path === null || !readsColumn(path) || hoistBarrier(stmt, path, true, known) !== null) return;
      known.add(part);
      found.push(part);
    });
  return found;
}

/** True for `lookup.column` that nothing is called on: the row itself goes nowhere. */
function readsColumn(path: readonly Expr[]): boolean {
  const [lookup, above, user] = [path.at(-1), path.at(-2), path.at(-3)];
  return (
    above?.kind === 'Attribute' && above.value === lookup && !(user?.kind === 'Call' && user.func === above)
  );
}

function isQuiet(stmt: Stmt, known: ReadonlySet<Expr>, kept: ReadonlySet<string>): boolean {
  if (stmt.kind === 'Pass') return true;
  if (stmt.kind === 'ExprStmt') return isLogCall(stmt.value) || isPure(stmt.value, known);
  if (stmt.kind !== 'Assign' || stmt.value === null || !isPure(stmt.value, known)) return false;
  return stmt.targets.every((target) => target.kind === 'Name' && !kept.has(target.id));
}
