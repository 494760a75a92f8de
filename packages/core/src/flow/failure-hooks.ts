import type { CallSite, FunctionInfo, Program } from '../project/index.ts';
import { type Call, type Expr, type Stmt } from '../syntax/index.ts';
import type { CallGraph } from './call-graph.ts';
import { optionsOf } from './decorator-options.ts';
import { lastName } from './site-table.ts';
import { decorations, taskBases } from './task-bases.ts';
import { isOf, wayOut } from './task-results.ts';

/** Options and methods that name what a queue runs when a task has failed. */
const HOOKS = /^(on_failure|on_error|link_error|errback)$/;
const SENDS = [
  'apply_async',
  'apply_async_on_commit',
  's',
  'si',
  'signature',
  'subtask',
  'send_with_options',
  'message_with_options',
];

/** What runs when a task fails, as the text names it; null when nothing does, or nothing but reports. */
export function failureHook(graph: CallGraph, fn: FunctionInfo): string | null {
  return ofBases(graph.program, fn) ?? ofDecorators(graph.program, fn) ?? ofSends(graph, fn);
}

function ofBases(program: Program, fn: FunctionInfo): string | null {
  for (const cls of taskBases(program, fn)) {
    const method = program.hierarchy.member(cls, 'on_failure')?.method ?? null;
    if (method !== null && method !== fn && !method.body.every(onlyReports)) return method.qualname;
  }
  return null;
}

function ofDecorators(program: Program, fn: FunctionInfo): string | null {
  for (const { expr, fn: scope } of decorations(program, fn)) {
    const found = optionsOf(program, expr, scope).find(
      ({ name, expr: value }) => HOOKS.test(name) && given(value),
    );
    if (found !== undefined) return `${found.name}=...`;
  }
  return null;
}

/** `task.apply_async(..., link_error=undo.s())`, `chain(task.s(), ...).on_error(undo.s())`, `enqueue(task, on_failure=undo)`. */
function ofSends(graph: CallGraph, fn: FunctionInfo): string | null {
  for (const { argumentOf: call } of graph.references(fn)) {
    const found = lastName(call.func)?.startsWith('enqueue') === true ? hookOf(call, call) : null;
    if (found !== null) return found;
  }
  return hookedSends(graph).find(({ site }) => isOf(graph, site, fn))?.hook ?? null;
}

interface HookedSend {
  readonly site: CallSite;
  readonly hook: string;
}

const hooked = new WeakMap<CallGraph, readonly HookedSend[]>();

/** The few calls of a program that send a task and say what runs when it fails. */
function hookedSends(graph: CallGraph): readonly HookedSend[] {
  const known = hooked.get(graph);
  if (known !== undefined) return known;
  const found = SENDS.flatMap((name) => graph.sites.calls(name)).flatMap((site): readonly HookedSend[] => {
    const hook = hookAround(site);
    return hook === null ? [] : [{ site, hook }];
  });
  hooked.set(graph, found);
  return found;
}

function hookAround({ expr, place }: CallSite): string | null {
  for (const call of [expr, ...wayOut(place.stmt, expr)]) {
    const hook = isCall(call) ? hookOf(call, expr) : null;
    if (hook !== null) return hook;
  }
  return null;
}

/** What a call makes run when what was sent in it fails; the hook itself is sent for other tasks. */
function hookOf(call: Call, sent: Expr): string | null {
  const holds = (part: Expr): boolean => part !== sent && part.start <= sent.start && sent.end <= part.end;
  const { func, args } = call;
  if (func.kind === 'Attribute' && HOOKS.test(func.attr))
    return holds(func.value) || func.value === sent ? `${func.attr}(...)` : null;
  const option = args.find(({ name, value }) => name !== null && HOOKS.test(name) && given(value));
  if (option === undefined || option.value === sent || holds(option.value)) return null;
  return `${option.name ?? ''}=...`;
}

function isCall(expr: Expr): expr is Call {
  return expr.kind === 'Call';
}

function given(value: Expr): boolean {
  return value.kind !== 'Constant' || value.type !== 'none';
}

/** A statement that logs, counts, or hands on to the base class. */
function onlyReports(stmt: Stmt): boolean {
  if (stmt.kind === 'Pass') return true;
  if (stmt.kind === 'If') return [...stmt.body, ...stmt.orelse].every(onlyReports);
  if (stmt.kind === 'With') return stmt.body.every(onlyReports);
  if (stmt.kind === 'Return') return stmt.value === null || !isCall(stmt.value) || reports(stmt.value);
  if (stmt.kind !== 'ExprStmt') return false;
  return stmt.value.kind === 'Constant' || (isCall(stmt.value) && reports(stmt.value));
}

function reports({ func }: Call): boolean {
  if (func.kind === 'Attribute' && isCall(func.value) && lastName(func.value.func) === 'super') return true;
  return /^(debug|info|warning|warn|error|exception|critical|fatal|log|print|capture_?\w*|report_\w+|log_\w+|incr(ement)?|set_(tag|extra|context))$/.test(
    lastName(func) ?? '',
  );
}
