import type { ClassInfo, FunctionInfo, Program } from '../project/index.ts';
import { dottedName, type Expr, type Stmt, stmtBlocks } from '../syntax/index.ts';
import type { CallEdge, CallGraph } from './call-graph.ts';
import type { EntryPoints } from './entry.ts';
import { outsideTests } from './test-code.ts';

/** Settings that are on where a program is written or tested, and off where it serves. */
const OFF = /(^|\.)settings\.(DEBUG|((IS|IN|UNIT|RUNNING)_)?TEST(S|ING)?(_MODE)?|(IS_)?DEVELOPMENT)$/;

type Hierarchy = Program['hierarchy'];

/** How many calls are followed up. */
const STEPS = 2;

/** True for code that never runs where the program serves: under `if settings.DEBUG`, called from nowhere but there, or in a view whose `test_func` asks for it. */
export function isDebugCode(
  graph: CallGraph,
  entries: EntryPoints,
  { fn, expr }: { readonly fn: FunctionInfo; readonly expr: Expr },
  steps = STEPS,
): boolean {
  if (isOff(fn.body, expr) || isOffView(graph.program.hierarchy, fn.cls)) return true;
  if (steps === 0 || entries.of(fn) !== null) return false;
  const edges: readonly CallEdge[] = outsideTests(graph.callers(fn), fn.path);
  return (
    edges.length > 0 &&
    edges.every((edge) => isDebugCode(graph, entries, { fn: edge.place.fn, expr: edge.expr }, steps - 1))
  );
}

/** Every view that has the class's methods lets nobody in where the program serves: `test_func` gives `settings.DEBUG and ...`. */
function isOffView(hierarchy: Hierarchy, cls: ClassInfo | null): boolean {
  const views = (cls === null ? [] : [cls, ...hierarchy.subclasses(cls)]).filter((view) =>
    hierarchy.externalBases(view).some((base) => base.startsWith('django.views.')),
  );
  return views.length > 0 && views.every((view) => refusesAll(hierarchy, view));
}

function refusesAll(hierarchy: Hierarchy, view: ClassInfo): boolean {
  if (!hierarchy.externalBases(view).some((base) => base.endsWith('.UserPassesTestMixin'))) return false;
  const last = hierarchy.member(view, 'test_func')?.method?.body.at(-1);
  return last?.kind === 'Return' && last.value !== null && servedTruth(last.value) === false;
}

/** A test on the way to a place that only those settings make true. */
function isOff(body: readonly Stmt[], at: Expr): boolean {
  for (const stmt of body) {
    if (stmt.start >= at.end) return false;
    const served = stmt.kind === 'If' ? servedTruth(stmt.test) : null;
    if (stmt.kind === 'If' && stmt.end <= at.start && served === true && leaves(stmt.body)) return true;
    if (stmt.end <= at.start) continue;
    if (stmt.kind === 'If' && served !== null && holds(served ? stmt.orelse : stmt.body, at)) return true;
    if (stmt.kind !== 'FunctionDef' && stmt.kind !== 'ClassDef')
      return stmtBlocks(stmt).some((block) => holds(block, at) && isOff(block, at));
  }
  return false;
}

/** What a test gives where the program serves; null where something else decides. */
function servedTruth(test: Expr): boolean | null {
  switch (test.kind) {
    case 'Attribute':
      return OFF.test(dottedName(test) ?? '') ? false : null;
    case 'UnaryOp': {
      const truth = test.op === 'not' ? servedTruth(test.operand) : null;
      return truth === null ? null : !truth;
    }
    case 'BoolOp': {
      const sides = [servedTruth(test.left), servedTruth(test.right)];
      const decisive = test.op === 'or';
      if (sides.includes(decisive)) return decisive;
      return sides.includes(null) ? null : !decisive;
    }
    default:
      return null;
  }
}

function leaves(body: readonly Stmt[]): boolean {
  return /^(Return|Raise|Continue|Break)$/.test(body.at(-1)?.kind ?? '');
}

function holds(block: readonly Stmt[], at: Expr): boolean {
  return (block[0]?.start ?? at.end) <= at.start && at.end <= (block.at(-1)?.end ?? 0);
}
