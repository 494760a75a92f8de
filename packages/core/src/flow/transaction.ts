import { WRITE_METHODS } from '../django/index.ts';
import { type CallSite, type FunctionInfo, parts, type Place } from '../project/index.ts';
import { type Expr, type Stmt, walkExpr, walkStmts } from '../syntax/index.ts';
import type { CallGraph } from './call-graph.ts';

interface Spot {
  readonly expr: Expr;
  readonly place: Place;
}

/**
 * What may have written rows in the transaction that a place stands in, by the time it runs: a name in words, or an empty text
 * for the function's own statements. Null when there is no transaction, or nothing was written in it.
 */
export function writtenBefore(graph: CallGraph, spot: Spot): string | null {
  const { fn } = spot.place;
  const opened = transactionStart(graph, spot);
  if (opened === null) return null;
  const again = loopsAround(fn.body, spot.expr, opened);
  const sites = callSites(graph, fn)
    .filter(({ expr }) => expr !== spot.expr && opened <= expr.start)
    .filter(
      ({ expr }) =>
        expr.end <= spot.expr.start ||
        again.some((loop) => loop.start <= expr.start && expr.end <= loop.end && !within(expr, spot.expr)),
    );
  if (sites.some((site) => isWrite(site))) return '';
  return sites.map((site) => writingCallee(graph, site)).find((name) => name !== null) ?? null;
}

function within(inner: Expr, outer: Expr): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Where the outermost transaction of the function starts; null when it opens none around the place. */
function transactionStart(graph: CallGraph, { place }: Spot): number | null {
  const { fn } = place;
  const decorated = graph.program
    .decoratorNames(fn)
    .some((name) => /(^|\.)(atomic|commit_on_success|atomic_transaction)$/.test(name));
  if (decorated) return fn.span.start;
  let start: number | null = null;
  for (let frame = place.frame; frame !== null; frame = frame.parent) {
    if (frame.kind === 'with' && mentions(frame.item.context, 'atomic')) start = frame.stmt.start;
  }
  return start;
}

function mentions(expr: Expr, name: string): boolean {
  let found = false;
  walkExpr(expr, (part) => {
    if ((part.kind === 'Attribute' && part.attr === name) || (part.kind === 'Name' && part.id === name))
      found = true;
  });
  return found;
}

/** Loops inside the transaction whose earlier passes ran what stands after the place. */
function loopsAround(body: readonly Stmt[], { start, end }: Expr, opened: number): readonly Stmt[] {
  const loops: Stmt[] = [];
  walkStmts(body, (stmt) => {
    if ((stmt.kind === 'For' || stmt.kind === 'While') && opened <= stmt.start)
      if (stmt.start <= start && end <= stmt.end) loops.push(stmt);
  });
  return loops;
}

function isWrite({ expr }: CallSite): boolean {
  return expr.func.kind === 'Attribute' && WRITE_METHODS.has(expr.func.attr);
}

/** Methods that lists, sets and maps have too. */
const AMBIGUOUS: ReadonlySet<string> = new Set(['add', 'remove', 'clear', 'set', 'update']);
const MAX_STEPS = 4;

/** The name of a function of the program that a call runs and that writes rows, itself or through others. */
function writingCallee(graph: CallGraph, site: CallSite): string | null {
  return graph.callees(site).find((callee) => writes(graph, callee))?.name ?? null;
}

function writes(graph: CallGraph, fn: FunctionInfo): boolean {
  const seen = new Set([fn]);
  let step: readonly FunctionInfo[] = [fn];
  for (let steps = 0; steps <= MAX_STEPS && step.length > 0; steps++) {
    const sites = step.flatMap((each) => callSites(graph, each));
    if (sites.some((site) => isWrite(site) && (!isAmbiguous(site) || asksRows(graph, site)))) return true;
    step = sites.flatMap((site) => graph.callees(site)).filter((callee) => !seen.has(callee));
    for (const callee of step) seen.add(callee);
  }
  return false;
}

function callSites(graph: CallGraph, fn: FunctionInfo): readonly CallSite[] {
  return graph.sites.of(fn).filter((site): site is CallSite => site.kind === 'call');
}

function isAmbiguous({ expr }: CallSite): boolean {
  return expr.func.kind === 'Attribute' && AMBIGUOUS.has(expr.func.attr);
}

function asksRows(graph: CallGraph, { expr, place }: CallSite): boolean {
  if (expr.func.kind !== 'Attribute') return false;
  return parts(graph.program.infer.expr(expr.func.value, place.fn)).some(
    ({ t }) => t === 'manager' || t === 'queryset',
  );
}
