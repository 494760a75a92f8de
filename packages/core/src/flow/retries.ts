import { type FunctionInfo, parts, type Program, sitesOf } from '../project/index.ts';
import { type Call, dottedName, type Expr } from '../syntax/index.ts';
import type { CallGraph } from './call-graph.ts';
import { type Option, optionsOf } from './decorator-options.ts';
import { matches } from './exception-matches.ts';
import { type ExceptionRef, resolveExceptions } from './exceptions.ts';
import { lastName } from './site-table.ts';
import { decorations, taskBases } from './task-bases.ts';
import { type Valued, valuesOf } from './values.ts';

/** Options that name the exceptions after which something runs again. */
const ON = /^(autoretry_for|retry_for|retry_on|on|exceptions?|retry_on_exceptions?)$/;
/** Options that name exceptions after which it does not. */
const NOT_ON = /^(dont_autoretry_for|exclude|ignore|ignore_and_capture)$/;
/** Queues that run a function again after any exception when nothing says otherwise. */
const BY_DEFAULT = /^(dramatiq\b.*\.actor|background_task\b.*\.background)$/;

/** What runs a function again after an exception, as the text names it; null when nothing does. */
export function retryOption(graph: CallGraph, fn: FunctionInfo, thrown: ExceptionRef): string | null {
  const { program } = graph;
  for (const each of decorations(program, fn)) {
    const found = ofDecorator(program, each, thrown);
    if (found !== null) return found;
  }
  return ofBases(program, fn, thrown) ?? ofSends(graph, fn);
}

function ofDecorator(program: Program, { expr, fn }: Valued, thrown: ExceptionRef): string | null {
  const options = optionsOf(program, expr, fn);
  const has = (option: Option): boolean => includes(program, option, thrown);
  if (options.some((option) => NOT_ON.test(option.name) && names(program, option, thrown))) return null;
  const target = expr.kind === 'Call' ? expr.func : expr;
  const last = lastName(target) ?? '';
  if (/^(retry|(Async)?Retrying$|on_exception$)/.test(last))
    return retriesOn(program, expr, fn, thrown) ? last : null;
  const found = options.find((option) =>
    ON.test(option.name) ? has(option) : runsAgain(program, option, thrown),
  );
  if (found !== undefined) return found.name;
  const open = openOptions(program, { expr, fn });
  if (open !== null && /task|actor|job/i.test(last)) return open;
  const types = parts(program.infer.expr(target, fn));
  const name = types.flatMap((type) => (type.t === 'external' ? [type.name] : []))[0] ?? dottedName(target);
  const off = options.some((option) =>
    option.name === 'throws'
      ? names(program, option, thrown)
      : option.name === 'max_retries' && option.expr.kind === 'Constant' && option.expr.value === '0',
  );
  return BY_DEFAULT.test(name ?? '') && !off ? last : null;
}

/** Whether a decorator for retries runs again after the exception: all of them, where it names none. */
function retriesOn(program: Program, decorator: Expr, fn: FunctionInfo, thrown: ExceptionRef): boolean {
  if (decorator.kind !== 'Call') return true;
  const named = optionsOf(program, decorator, fn).filter(({ name }) => ON.test(name) || name === 'retry');
  const positional = decorator.args.filter((arg) => arg.name === null && arg.star === 0);
  const at = lastName(decorator.func) === 'on_exception' ? positional[1] : positional[0];
  const values: readonly Valued[] = named.length > 0 || at === undefined ? named : [{ expr: at.value, fn }];
  return values.length === 0 || values.some((value) => includes(program, value, thrown));
}

/** `**app.conf.options`, whose entries the text does not show; null where all options are known. */
function openOptions(program: Program, { expr, fn }: Valued): string | null {
  if (expr.kind !== 'Call') return null;
  const open = expr.args.find(
    ({ star, value }) =>
      star === 2 &&
      value.kind !== 'Dict' &&
      !(value.kind === 'Name' && fn.params.some(({ name }) => name === value.id)) &&
      valuesOf(program, value, fn).length === 0,
  );
  return open === undefined ? null : `**${dottedName(open.value) ?? '...'}`;
}

/** `retries=3`, `retry=Retry(max=3)`; Sentry's `Retry(times=3)` runs again only after the exceptions that it names. */
function runsAgain(program: Program, { name, expr, fn }: Option, thrown: ExceptionRef): boolean {
  if (name !== 'retry' && name !== 'retries') return false;
  const inner = optionsOf(program, expr, fn);
  const on = inner.filter((option) => ON.test(option.name));
  if (on.length > 0) return on.some((option) => includes(program, option, thrown));
  return !isNothing(expr) && !inner.some((option) => option.name === 'times');
}

/** `autoretry_for` of a class that the task is made with, or a `self.retry()` in what runs the task. */
function ofBases(program: Program, fn: FunctionInfo, thrown: ExceptionRef): string | null {
  for (const cls of taskBases(program, fn)) {
    const values = (attr: string): readonly Valued[] => {
      const member = program.hierarchy.member(cls, attr);
      return (member?.bindings ?? []).flatMap(({ source }) =>
        source.kind === 'assign' && source.value !== null && member !== null
          ? [{ expr: source.value, fn: member.cls.bodyScope }]
          : [],
      );
    };
    if (values('dont_autoretry_for').some((value) => names(program, value, thrown))) continue;
    if (values('autoretry_for').some((value) => includes(program, value, thrown)))
      return `${cls.name}.autoretry_for`;
    const run = program.hierarchy.member(cls, '__call__')?.method ?? null;
    if (run !== null && run !== fn && retriesItself(run)) return run.qualname;
  }
  return null;
}

function retriesItself(run: FunctionInfo): boolean {
  return sitesOf(run).some(
    (site) => site.kind === 'call' && site.expr.func.kind === 'Attribute' && site.expr.func.attr === 'retry',
  );
}

/** `queue.enqueue(ship, order.pk, retry=Retry(max=3))`. */
function ofSends(graph: CallGraph, fn: FunctionInfo): string | null {
  const sent = graph
    .references(fn)
    .some(
      ({ argumentOf: call }) =>
        /^enqueue(_\w+)?$/.test(lastName(call.func) ?? '') &&
        call.args.some(({ name, value }) => name === 'retry' && !isNothing(value)),
    );
  return sent ? 'enqueue(retry=...)' : null;
}

/** Whether an expression names a class of the exception, or what is not known; conditions of tenacity are read. */
function includes(program: Program, { expr, fn }: Valued, thrown: ExceptionRef): boolean {
  const again = (part: Expr): boolean => includes(program, { expr: part, fn }, thrown);
  const condition = expr.kind === 'Call' ? (lastName(expr.func) ?? '') : '';
  if (expr.kind === 'Call' && /^retry_(if|unless)_/.test(condition)) return holds(condition, expr, again);
  if (expr.kind === 'BinOp' && (isCondition(expr.left) || isCondition(expr.right)))
    return expr.op === '&' ? again(expr.left) && again(expr.right) : again(expr.left) || again(expr.right);
  const kept = expr.kind === 'Name' ? valuesOf(program, expr, fn) : [];
  if (kept.some((value) => isCondition(value.expr)))
    return kept.some((value) => includes(program, value, thrown));
  return resolveExceptions(program, expr, fn).some((ref) => matches(program, ref, thrown) !== 'no');
}

/** Whether an expression surely names a class of the exception. */
function names(program: Program, { expr, fn }: Valued, thrown: ExceptionRef): boolean {
  const open = (ref: ExceptionRef): boolean =>
    ref.kind === 'any' || (ref.kind === 'missing' && ref.model === null);
  return resolveExceptions(program, expr, fn).some(
    (ref) =>
      !open(ref) && (ref.kind !== 'missing' || !open(thrown)) && matches(program, ref, thrown) !== 'no',
  );
}

function holds(condition: string, { args }: Call, again: (part: Expr) => boolean): boolean {
  const [first] = args;
  if (condition.endsWith('_result')) return false;
  if (first === undefined || !condition.endsWith('_type')) return true;
  return again(first.value) !== /not|unless/.test(condition);
}

function isCondition(expr: Expr): boolean {
  return expr.kind === 'Call'
    ? /^retry_(if|unless)_/.test(lastName(expr.func) ?? '')
    : expr.kind === 'BinOp' && (isCondition(expr.left) || isCondition(expr.right));
}

/** `0`, `None`, `False`, `()`. */
function isNothing(expr: Expr): boolean {
  if (expr.kind === 'Tuple' || expr.kind === 'List') return expr.elts.length === 0;
  return expr.kind === 'Constant' && (expr.type === 'none' || /^(0|False)$/.test(expr.value));
}
