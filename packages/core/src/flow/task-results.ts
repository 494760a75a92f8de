import { type CallSite, type FunctionInfo, parts } from '../project/index.ts';
import {
  type Call,
  childExprs,
  type Expr,
  isNone,
  type Stmt,
  stmtExprs,
  walkExpr,
  walkOwnExprs,
  walkStmts,
} from '../syntax/index.ts';
import type { CallGraph } from './call-graph.ts';
import { optionsOf } from './decorator-options.ts';
import { lastName } from './site-table.ts';

const SENT = ['delay', 'apply_async', 'apply', 'delay_on_commit', 'apply_async_on_commit'];
/** Parts of a chain, a chord or a group: what a task gives goes on to the next one. */
const SIGNATURES = ['s', 'si', 'signature', 'subtask'];
const READS = /^(?:get|result|wait|join|collect|get_leaf)$/;

/** What a sent task is known by later: whoever keeps it can ask for the result. */
const IDS = /^(?:id|task_id)$/;
/** Statements that only tell of it. */
const TELLS = /^(?:print|write|debug|info|warning|error|exception)$/;

/**
 * True when somebody reads what a task gives: `task.delay(...).get()`, a chain or a chord; or can read the value that it gives: its
 * decorator says that results are kept, or its id is used.
 */
export function taskResultRead(graph: CallGraph, fn: FunctionInfo): boolean {
  const of = (methods: readonly string[]): readonly CallSite[] =>
    methods.flatMap((method) => graph.sites.calls(method).filter((site) => isOf(graph, site, fn)));
  const sent = of(SENT);
  if (of(SIGNATURES).some(goesOn) || sent.some((site) => isUsed(site, readsIn))) return true;
  return givesValue(fn) && (keepsResult(graph, fn) || sent.some((site) => isUsed(site, keepsIdIn)));
}

type Use = (body: readonly Stmt[], isSent: (value: Expr) => boolean) => boolean;

/** Whether a function uses what a task was sent as, or the name that holds it, in a way. */
function isUsed({ expr, place: { fn, stmt } }: CallSite, use: Use): boolean {
  const target = stmt.kind === 'Assign' && stmt.value === expr ? stmt.targets[0] : undefined;
  return use(fn.body, (value) => value === expr || (target?.kind === 'Name' && isName(value, target.id)));
}

/** Reads its id, but for a log. */
function keepsIdIn(body: readonly Stmt[], isSent: (value: Expr) => boolean): boolean {
  let found = false;
  walkStmts(body, (stmt) => {
    if (stmt.kind === 'ExprStmt' && stmt.value.kind === 'Call' && TELLS.test(lastName(stmt.value.func) ?? ''))
      return;
    for (const expr of stmtExprs(stmt))
      walkExpr(expr, (part) => {
        found ||= part.kind === 'Attribute' && IDS.test(part.attr) && isSent(part.value);
      });
  });
  return found;
}

function givesValue({ sites }: FunctionInfo): boolean {
  return sites.returns.some(({ value }) => value !== null && !isNone(value));
}

/** `@shared_task(ignore_result=False)` where others are not asked for theirs. */
function keepsResult({ program }: CallGraph, fn: FunctionInfo): boolean {
  const options = (fn.def?.decorators ?? []).flatMap((one) => optionsOf(program, one, fn.parent ?? fn));
  return options.some(
    ({ name, expr }) => name === 'ignore_result' && expr.kind === 'Constant' && expr.value === 'False',
  );
}

/** True for a method called on the task: `task.delay(...)`. */
export function isOf(graph: CallGraph, { expr, place }: CallSite, fn: FunctionInfo): boolean {
  const { func } = expr;
  if (func.kind !== 'Attribute' || !graph.sites.names(fn.name).includes(lastName(func.value) ?? ''))
    return false;
  return parts(graph.program.infer.expr(func.value, place.fn)).some(
    (type) => type.t === 'function' && type.fn === fn,
  );
}

/** How what a signature gives is used, from its own call outwards. */
function goesOn({ expr, place: { fn, stmt } }: CallSite): boolean {
  let inner: Expr = expr;
  for (const outer of wayOut(stmt, expr)) {
    if (outer.kind === 'Attribute') {
      if (READS.test(outer.attr)) return true;
    } else if (outer.kind === 'BinOp') {
      if (outer.op === '|' && outer.left === inner) return true;
    } else if (outer.kind === 'Call' && outer.func !== inner) {
      const how = inCanvas(outer, inner);
      if (how !== 'part') return how === 'read';
    }
    inner = outer;
  }
  if (stmt.kind === 'ExprStmt') return false;
  const target = stmt.kind === 'Assign' && stmt.value === inner ? stmt.targets[0] : undefined;
  return target?.kind !== 'Name' || !onlySent(fn, target.id);
}

/** True when a signature that is kept under a name is sent, compared with None, or the end of something, wherever the name stands. */
function onlySent({ body }: FunctionInfo, id: string): boolean {
  let open = 0;
  const settle = (expr: Expr, fine: boolean): void => {
    if (fine && isName(expr, id)) open--;
  };
  walkStmts(body, (stmt) => {
    const targets = stmt.kind === 'Assign' ? stmt.targets : [];
    for (const expr of stmtExprs(stmt))
      walkExpr(expr, (part) => {
        if (isName(part, id) && !targets.includes(part)) open++;
        if (part.kind === 'Attribute') settle(part.value, SENT.includes(part.attr));
        if (part.kind === 'Compare' && part.operands.some(isNone))
          for (const operand of part.operands) settle(operand, true);
        if (part.kind === 'Call')
          for (const { value } of part.args) settle(value, inCanvas(part, value) !== 'read');
      });
  });
  return open === 0;
}

/** What a call makes of a signature that it is given: a part of a bigger one, read by the next part, or the end. */
function inCanvas(call: Call, part: Expr): 'part' | 'read' | 'end' {
  const name = lastName(call.func) ?? '';
  if (call.func.kind === 'Call' || /^(?:on_error|link_error|link|errback|add_periodic_task)$/.test(name))
    return 'end';
  if (name === 'group') return 'part';
  const last = call.args.at(-1)?.value === part;
  if (name === 'chain') return last ? 'part' : 'read';
  return name === 'chord' && last && call.args.length > 1 ? 'part' : 'read';
}

/** The expressions around a part of a statement, innermost first. */
export function wayOut(stmt: Stmt, part: Expr): readonly Expr[] {
  const find = (expr: Expr): readonly Expr[] | null => {
    if (expr === part) return [];
    if (part.start < expr.start || expr.end < part.end) return null;
    for (const child of childExprs(expr)) {
      const below = find(child);
      if (below !== null) return [...below, expr];
    }
    return null;
  };
  for (const expr of stmtExprs(stmt)) {
    const found = find(expr);
    if (found !== null) return found;
  }
  return [];
}

/** Reads what it gives. */
function readsIn(body: readonly Stmt[], isSent: (value: Expr) => boolean): boolean {
  let found = false;
  walkOwnExprs(body, (part) => {
    found ||= part.kind === 'Attribute' && READS.test(part.attr) && isSent(part.value);
  });
  return found;
}

function isName(expr: Expr, id: string): boolean {
  return expr.kind === 'Name' && expr.id === id;
}
