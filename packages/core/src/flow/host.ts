import { declaresNone } from './declared-none.ts';
import { promiseOf } from './overridden.ts';
import { type FunctionInfo, mayBeNone, type ModelRef, parts, type Place } from '../project/index.ts';
import { type Expr, type Stmt, walkExpr, walkStmts } from '../syntax/index.ts';
import type { CallEdge, CallGraph } from './call-graph.ts';
import { blockOf } from './block-of.ts';
import { isDebugCode } from './debug-code.ts';
import { noneCheck } from './defects.ts';
import { djangoHook, hookPromise } from './django-hooks.ts';
import type { EntryPoints } from './entry.ts';
import type { ExceptionRef } from './exceptions.ts';
import { failureHazards } from './failure-hazards.ts';
import type { Fate } from './escape.ts';
import { goesOn } from './goes-on.ts';
import { calledLast, RUNS_ALONE } from './last-call.ts';
import type { LookupFinder } from './find-lookups.ts';
import { raisingCalls } from './told-by-raising.ts';
import { isTestModule } from './test-code.ts';
import { taskResultRead } from './task-results.ts';
import { writtenBefore } from './transaction.ts';
import type { Hazard, Host } from './verdict.ts';

/** What a missing row is a question of: a lookup, or another use of a row. */
interface Spot {
  readonly expr: Expr;
  readonly place: Place;
  readonly thrown: ExceptionRef;
  /** The model whose row may be missing; none where anything may. */
  readonly model?: ModelRef;
  /** True where no fix will be asked for: what a fix might lose is not looked for. */
  readonly settled?: boolean;
}

/** Reads the facts that decide what a missing branch may do in the function around a lookup. */
export function hostOf(
  graph: CallGraph,
  entries: EntryPoints,
  finder: LookupFinder,
  lookup: Spot,
  fate: Pick<Fate, 'answered'>,
): Host {
  const { fn, loop } = lookup.place;
  const entry = entries.of(fn);
  const hook = entry === 'hook' ? djangoHook(graph, fn) : null;
  const callers = graph.callers(fn);
  return {
    function: fn.qualname,
    span: fn.span,
    async: fn.def?.async ?? false,
    generator: fn.def?.generator ?? false,
    entry,
    inTests: isTestModule(graph.program, fn) || isDebugCode(graph, entries, { fn, expr: lookup.expr }),
    inLoop: loop !== null,
    loop: loop === null ? null : { start: loop.start, end: loop.end },
    returnsOptional: hook === 'backend' || returnsOptional(graph, fn),
    promise: hookPromise(hook) ?? promiseOf(graph.program, fn),
    called: callers.length > 0,
    calledLast: calledLast(graph, entries, fn),
    raisingCalls: raisingCalls(graph, fn),
    resultUnused: RUNS_ALONE.has(entry ?? 'uncalled')
      ? callers.every((edge) => edge.place.stmt.kind === 'ExprStmt') && !taskResultRead(graph, fn)
      : callers.length > 0 &&
        callers.every((edge) => edge.place.stmt.kind === 'ExprStmt' && edge.place.stmt.value === edge.expr),
    hazards: lookup.settled === true ? [] : hazards(graph, entries, finder, lookup, fate),
  };
}

function returnsOptional(graph: CallGraph, fn: FunctionInfo): boolean {
  const declared = fn.def?.returns ?? null;
  if (declared !== null) return declaresNone(declared);
  if (mayBeNone(graph.program.infer.returns(fn)) && explicitNone(fn)) return true;
  const callers = graph.callers(fn);
  return callers.length > 0 && callers.every((edge) => edge.kind !== 'callback' && testedForNone(edge));
}

/** The caller keeps the result in a name and asks at once whether it is None, or uses it as a truth value only. */
function testedForNone({ place, expr }: CallEdge): boolean {
  const { stmt, fn } = place;
  if (stmt.kind !== 'Assign' || (stmt.value?.kind === 'Await' ? stmt.value.value : stmt.value) !== expr)
    return false;
  const target = stmt.targets[0];
  if (stmt.targets.length !== 1 || target?.kind !== 'Name') return false;
  const next = blockOf(fn.body, stmt).find((other) => other.start >= stmt.end);
  if (next?.kind !== 'If' || noneCheck(next.test, target.id, true) === null) return false;
  const last = next.body.at(-1)?.kind;
  return (
    last === 'Return' || last === 'Raise' || last === 'Continue' || last === 'Break' || next.orelse.length > 0
  );
}

/** Some path says `return None` or a bare `return` on purpose. */
function explicitNone(fn: FunctionInfo): boolean {
  let none = false;
  own(fn, (stmt) => {
    if (
      stmt.kind === 'Return' &&
      (stmt.value === null || (stmt.value.kind === 'Constant' && stmt.value.type === 'none'))
    )
      none = true;
  });
  return none;
}

function own(fn: FunctionInfo, visit: (stmt: Stmt) => void): void {
  walkStmts(fn.body, visit, (stmt) => stmt.kind !== 'FunctionDef' && stmt.kind !== 'ClassDef');
}

function hazards(
  graph: CallGraph,
  entries: EntryPoints,
  finder: LookupFinder,
  lookup: Spot,
  fate: Pick<Fate, 'answered'>,
): Hazard[] {
  const { fn } = lookup.place;
  const out: Hazard[] = [];
  const writer = writtenBefore(graph, lookup);
  if (writer !== null) {
    const by = writer === '' ? '' : ` (by \`${writer}\`)`;
    out.push({
      kind: 'atomic',
      why: `rows were written before it in the same transaction${by}: the exception rolled them back, an early return commits them`,
    });
  }
  out.push(...failureHazards(graph, fn, lookup.thrown, lookup.expr));
  const catching = fate.answered.find((item) => item.guard.kind !== 'decorator' && item.path.length > 0);
  if (catching !== undefined)
    out.push({
      kind: 'caller-catches',
      why: `a caller answers the exception (${catching.guard.detail}) and would no longer see it`,
    });
  const waiting = goesOn(graph, entries, fn);
  if (waiting !== null)
    out.push({
      kind: 'caller-goes-on',
      why: `\`${waiting}\` calls it as a plain function, and would go on as if it had done its work`,
    });
  const raising = raisingArgument(graph, finder, lookup);
  if (raising !== null)
    out.push({
      kind: 'argument-raises',
      why: `\`${raising}\` in its arguments may raise the same exception`,
    });
  return out;
}

/** A part of the arguments that may itself die with a `DoesNotExist`: a nested lookup, a relation, a call into the program. */
function raisingArgument(graph: CallGraph, finder: LookupFinder, lookup: Spot): string | null {
  if (lookup.expr.kind !== 'Call') return null;
  const inside = new Set<Expr>();
  for (const arg of lookup.expr.args) walkExpr(arg.value, (part) => inside.add(part));
  for (const site of graph.sites.of(lookup.place.fn)) {
    if ((site.kind !== 'call' && site.kind !== 'attribute') || !inside.has(site.expr)) continue;
    const nested = finder.at(site);
    if (nested !== null && mayBeSame(graph, lookup.model, nested.model))
      return site.expr.kind === 'Call' ? 'a nested lookup' : site.expr.attr;
    if (nested !== null) continue;
    if (site.kind === 'call' && graph.callees(site).length > 0)
      return site.expr.func.kind === 'Attribute' ? `${site.expr.func.attr}()` : 'a call';
    if (site.kind === 'attribute' && readsRelation(graph, site.expr, lookup)) return site.expr.attr;
  }
  return null;
}

/** True unless the rows of two models are surely told apart by the exception. */
function mayBeSame({ program }: CallGraph, a: ModelRef | undefined, b: ModelRef): boolean {
  if (a === undefined || a.cls === null || b.cls === null) return true;
  const { hierarchy } = program;
  return hierarchy.mro(a.cls).includes(b.cls) || hierarchy.mro(b.cls).includes(a.cls);
}

function readsRelation(
  graph: CallGraph,
  expr: Extract<Expr, { kind: 'Attribute' }>,
  { place: { fn }, model }: Spot,
): boolean {
  return parts(graph.program.infer.expr(expr.value, fn)).some((type) => {
    if (type.t !== 'row' || type.model.cls === null) return false;
    const field = graph.program.models.field(type.model.cls, expr.attr);
    if (field === null || (field.kind !== 'fk' && field.kind !== 'o2o')) return false;
    return field.target === null || mayBeSame(graph, model, field.target);
  });
}
