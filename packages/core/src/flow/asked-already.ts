import { type FunctionInfo, parts } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { type Call, enclosingStmts, type Expr, type Stmt, walkExpr } from '../syntax/index.ts';
import { argumentsOf } from './arguments.ts';
import { asGet, asksBy, asksOwn, findsBy } from './asked-by-call.ts';
import { isObjectOfView } from './asked-object.ts';
import { blockOf } from './block-of.ts';
import type { CallGraph } from './call-graph.ts';
import { conditions } from './conditions.ts';
import type { Fate } from './escape.ts';
import type { FoundLookup } from './find-lookups.ts';
import { hidesRows } from './hidden-rows.ts';
import { onlyValue } from './only-value.ts';
import { ranBefore } from './ran-before.ts';
import { wordsOf } from './same-words.ts';
import { isShort } from './short-entries.ts';

/**
 * True where a request has asked for the very row before in the same function: by the same words, by a call that was given the
 * key and asks for rows of the model by it, by a method of its own that asks by the same words, by `get_object()`. A task that
 * asks again in its own words has a reason to; where it has called a function that found the row, the two just do not know of each other.
 */
export function askedAlready(graph: CallGraph, lookup: FoundLookup, key: Expr | null, fate: Fate): boolean {
  const { expr, place, model } = lookup;
  const { fn } = place;
  if (key === null || fate.escapes.length === 0) return false;
  const short = isShort(fate);
  const before = ranBefore(fn.body, expr);
  const asked = wordsOf(expr);
  const wanted = wordsOf(key);
  const tests = testsAround(fn, expr);
  if (isAskedTwice(fn, lookup)) return true;
  return graph.sites.of(fn).some((site) => {
    if (site.kind !== 'call') return false;
    const { expr: call } = site;
    const stmt = before.find(({ start, end }) => start <= call.start && call.end <= end);
    if (stmt === undefined) return false;
    if (!alwaysRuns(stmt, call, tests)) return false;
    const value = key.kind === 'Name' ? (onlyValue(key, fn) ?? key) : key;
    if (short && isUnchanged(value, call, fn) && isObjectOfView(graph.program, call, lookup, key))
      return true;
    if (!isUnchanged(key, call, fn)) return false;
    if (short && (wordsOf(call) === asked || asksForSame(graph, call, lookup))) return true;
    return graph.callees(site).some((callee) => {
      const given = [...argumentsOf(callee, call, fn)].filter(
        ([, { expr: value }]) => wordsOf(value) === wanted,
      );
      return short
        ? given.some(([name]) => asksBy(graph, callee, name, model.key)) ||
            asksOwn(graph, call, callee, lookup)
        : given.some(([name]) => findsBy(graph, callee, name, lookup));
    });
  });
}

/** The statement right before is the same one: `order = Order.objects.get(pk=pk)` twice. */
function isAskedTwice({ body }: FunctionInfo, { expr, place: { stmt } }: FoundLookup): boolean {
  const block = blockOf(body, stmt);
  const before = block[block.indexOf(stmt) - 1];
  return (
    stmt.kind === 'Assign' &&
    before?.kind === 'Assign' &&
    stmt.value === expr &&
    before.value !== null &&
    wordsOf(before.value) === wordsOf(expr)
  );
}

/** The row was asked for by all that the lookup asks by, of any manager, where that of the lookup leaves no rows out. */
function asksForSame(
  { program }: CallGraph,
  call: Call,
  { expr, form, model, rows, place }: FoundLookup,
): boolean {
  const { func } = asGet(call);
  if (form !== 'get' || func.kind !== 'Attribute' || !/^a?get$/.test(func.attr)) return false;
  if (hidesRows(program, rows)) return false;
  const asked = conditions(asGet(call));
  return (
    conditions(expr).every((condition) => asked.includes(condition)) &&
    parts(program.infer.expr(func.value, place.fn)).some((type) =>
      type.t === 'manager' || type.t === 'queryset'
        ? type.rows.model.key === model.key
        : type.t === 'model' && type.model.key === model.key,
    )
  );
}

/** The tests behind which a place stands. */
function testsAround(fn: FunctionInfo, at: Expr): ReadonlySet<string> {
  return new Set(
    enclosingStmts(fn.body, at).flatMap((stmt) =>
      stmt.kind === 'If' && stmt.body.some(({ start, end }) => start <= at.start && at.end <= end)
        ? [wordsOf(stmt.test)]
        : [],
    ),
  );
}

/** The call runs whenever the statement does, or behind a test that the lookup stands behind, too. */
export function alwaysRuns(stmt: Stmt, call: Call, tests: ReadonlySet<string>): boolean {
  return enclosingStmts([stmt], call).every((each, i, all) => {
    const inner = all[i + 1];
    if (inner === undefined || each.kind === 'With') return true;
    if (each.kind === 'Try') return each.body.includes(inner);
    return each.kind === 'If' && (tests.has(wordsOf(each.test)) ? each.body : []).includes(inner);
  });
}

/** The key's name has the same value at a call before the lookup. */
export function isUnchanged(key: Expr, call: Call, fn: FunctionInfo): boolean {
  let same = true;
  walkExpr(key, (part) => {
    if (part.kind !== 'Name') return;
    const bindings = reaching(fn.scope.bindings.get(part.id) ?? [], part.start);
    same &&= bindings.every(({ at }) => at.start < call.start);
  });
  return same;
}
