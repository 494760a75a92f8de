import { type FunctionInfo, parts, type Program } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import {
  type Attribute,
  type Call,
  chainStart,
  dottedName,
  type Expr,
  opensScope,
  type Stmt,
  stmtBlocks,
  stmtExprs,
  walkExpr,
} from '../syntax/index.ts';
import { asksBetween } from './asked-between.ts';
import { accessorText, asksByAccessor, existsThrough } from './asked-through.ts';
import type { CallEdge } from './call-graph.ts';
import type { FoundLookup } from './find-lookups.ts';
import { lookupKey } from './key.ts';
import type { Defect } from './verdict.ts';

/** Where a lookup runs: at its own place, or at a call that leads to it. */
interface Run {
  readonly fn: FunctionInfo;
  readonly at: Expr;
}

/** `if M.objects.filter(...).exists():` or a conditional expression around the lookup, an early leave when there is none, or an `assert`. */
export function existsCheck(program: Program, lookup: FoundLookup): Defect | null {
  const found = checkBefore(program, { fn: lookup.place.fn, at: lookup.expr }, lookup);
  return found === null ? null : { kind: 'exists-check', at: found };
}

/** True when every caller that does not answer a missing row has asked for one before it calls. */
export function existsForCallers(
  program: Program,
  lookup: FoundLookup,
  { openEdges }: { readonly openEdges: readonly CallEdge[] },
): boolean {
  return (
    openEdges.length > 0 &&
    openEdges.every(({ place: { fn }, expr }) => checkBefore(program, { fn, at: expr }, lookup) !== null)
  );
}

function checkBefore(program: Program, run: Run, lookup: FoundLookup): Expr | null {
  const { fn, at } = run;
  let found: Expr | null = null;
  const visit = (stmts: readonly Stmt[]): void => {
    for (const stmt of stmts) {
      if (stmt.start >= at.start) break;
      const inside = stmt.end > at.start;
      for (const test of [...testsOf(stmt, inside, at), ...(inside ? choicesAround(stmt, at) : [])])
        found = askedIn(program, test, run, lookup) ?? found;
      if (inside && !opensScope(stmt)) for (const block of stmtBlocks(stmt)) visit(block);
    }
  };
  visit(fn.body);
  return found;
}

/** The test of a statement that lets what comes after it, or stands in it, run only where the test says so. */
function testsOf(stmt: Stmt, inside: boolean, at: Expr): readonly Expr[] {
  if (stmt.kind === 'Assert') return stmt.test.kind === 'UnaryOp' ? [] : [stmt.test];
  if (stmt.kind !== 'If' || inHandler(stmt, at)) return [];
  return inside || leaves(stmt.body) ? [stmt.test] : [];
}

/** The tests of `row if there else None` around a place that stands where the row is. */
function choicesAround(stmt: Stmt, at: Expr): readonly Expr[] {
  const out: Expr[] = [];
  for (const expr of stmtExprs(stmt))
    walkExpr(expr, (part) => {
      if (part.kind !== 'IfExp') return;
      const none = part.test.kind === 'UnaryOp' || isNoneCounted(part.test);
      const side = none ? part.orelse : part.body;
      if (side.start <= at.start && at.end <= side.end) out.push(part.test);
    });
  return out;
}

/** What in a test, or behind a name in it, asks whether there is a row; the last of several. */
function askedIn(program: Program, test: Expr, run: Run, lookup: FoundLookup): Expr | null {
  const asked: Expr[] = [];
  walkExpr(test, (part) => {
    asked.push(part);
    if (part.kind !== 'Name') return;
    for (const { source } of reaching(run.fn.scope.bindings.get(part.id) ?? [], part.start))
      if (source.kind === 'assign' && source.value !== null)
        walkExpr(source.value, (inner) => asked.push(inner));
  });
  return (
    asked.findLast(
      (part) =>
        (part.kind === 'Call' && asks(program, part, run, lookup)) ||
        (part.kind === 'Compare' && asksBetween(program, part, run, lookup)),
    ) ?? null
  );
}

/** `rows.exists()` of the lookup's rows, or a function of the program that gives it back. */
function asks(program: Program, call: Call, { fn, at }: Run, lookup: FoundLookup): boolean {
  const { func } = call;
  const same =
    func.kind === 'Attribute' &&
    COUNTS.test(func.attr) &&
    asksSame(program, func.value, fn, lookup) &&
    (lookupKey(lookup) === null || !asksForAny(program, func, fn));
  return (
    same || existsThrough(program, call, { fn, at }, lookup) || asksByAccessor(program, call, fn, lookup)
  );
}

const COUNTS = /^(exists|aexists|count|acount|update|aupdate)$/;

/** `team.members.exists()`: whether there are rows at all says nothing of the one that a key names. */
function asksForAny(program: Program, { value, attr }: Attribute, fn: FunctionInfo): boolean {
  const types = parts(program.infer.expr(value, fn));
  return (
    attr.endsWith('exists') &&
    types.length > 0 &&
    types.every(
      (type) =>
        (type.t === 'queryset' || type.t === 'manager') &&
        type.rows.related &&
        type.rows.chain.every(({ call }) => call.args.length === 0),
    )
  );
}

/** A queryset of the lookup's model; where nothing names the model, one that begins with the same words. */
function asksSame(program: Program, rows: Expr, fn: FunctionInfo, lookup: FoundLookup): boolean {
  const types = parts(program.infer.expr(rows, fn));
  const known = types.some(
    (type) => (type.t === 'queryset' || type.t === 'manager') && type.rows.model.key === lookup.model.key,
  );
  if (lookup.byName === true) {
    const accessor = accessorText(rows);
    return known || (accessor !== null && accessor === accessorText(lookup.expr));
  }
  if (known || types.some(({ t }) => t !== 'unknown')) return known;
  if (lookup.model.name !== null) return isOfModel(program, rows, fn, lookup.model.key);
  const manager = managerText(rows);
  return manager !== null && manager === managerText(lookup.expr);
}

/** `Order.visible_to(user)`, a method of the model's own that gives rows as far as anybody can tell. */
function isOfModel(program: Program, rows: Expr, fn: FunctionInfo, model: string): boolean {
  const current = chainStart(rows);
  return parts(program.infer.expr(current, fn)).some(
    (type) => type.t === 'model' && type.model.key === model,
  );
}

/** `kind.objects` of `kind.objects.filter(...).get()`. */
function managerText(expr: Expr): string | null {
  if (expr.kind === 'Call') return managerText(expr.func);
  if (expr.kind === 'Attribute' && expr.value.kind === 'Call') return managerText(expr.value);
  if (expr.kind === 'Attribute' && expr.attr !== 'objects') return managerText(expr.value);
  return dottedName(expr);
}

/** The lookup stands in the `else` of the check: there the row is known to be gone. */
function inHandler(stmt: Extract<Stmt, { kind: 'If' }>, at: Expr): boolean {
  return (
    stmt.orelse.some((inner) => inner.start <= at.start && at.end <= inner.end) &&
    !(stmt.test.kind === 'UnaryOp' || isNoneCounted(stmt.test))
  );
}

/** `count() == 0`, `count() < 1`. */
function isNoneCounted(test: Expr): boolean {
  if (test.kind !== 'Compare' || test.ops.length !== 1) return false;
  const bound = test.operands[1];
  const limit = test.ops[0] === '==' ? '0' : test.ops[0] === '<' ? '1' : null;
  return limit !== null && bound?.kind === 'Constant' && bound.type === 'number' && bound.value === limit;
}

function leaves(body: readonly Stmt[]): boolean {
  const last = body.at(-1);
  return last?.kind === 'Return' || last?.kind === 'Raise' || last?.kind === 'Continue';
}
