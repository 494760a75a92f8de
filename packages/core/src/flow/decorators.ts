import { type ClassInfo, type FunctionInfo, parts, type Program } from '../project/index.ts';
import { type Call, dottedName, type Expr, isNone } from '../syntax/index.ts';
import { argumentsOf } from './arguments.ts';
import { nestedFunctions, placesOf, takesFirst } from './decorated.ts';
import { type Option, optionsOf } from './decorator-options.ts';
import { matches } from './exception-matches.ts';
import { type ExceptionRef, resolveExceptions, type Substitution } from './exceptions.ts';
import { exitOutcome } from './exit-method.ts';
import {
  type Answer,
  callsOf,
  generatorOutcome,
  isDeclared,
  type WrapperContext,
  type WrapperOutcome,
} from './wrappers.ts';

/** Whether one of a function's decorators answers what leaves its body. */
export function decoratorAnswer(ctx: WrapperContext, fn: FunctionInfo, thrown: ExceptionRef): Answer | null {
  const scope = fn.parent ?? fn.module.top;
  for (const decorator of fn.def?.decorators ?? []) {
    const answer = oneDecorator(ctx, decorator, scope, thrown);
    if (answer !== null) return answer;
  }
  return null;
}

/** Whether a decorator answers, as written: `@name`, `@name(...)`, a name for one of those, `method_decorator(name)`. */
export function oneDecorator(
  ctx: WrapperContext,
  decorator: Expr,
  scope: FunctionInfo,
  thrown: ExceptionRef,
): Answer | null {
  const inner = adapted(decorator);
  if (inner !== null) return oneDecorator(ctx, inner, scope, thrown);
  const kept = decorator.kind === 'Call' ? [] : callsOf(ctx.program, decorator, scope);
  for (const { expr, fn } of kept.length > 0 ? kept : [{ expr: decorator, fn: scope }]) {
    const answer = written(ctx, expr, fn, thrown);
    if (answer !== null) return answer;
  }
  return null;
}

/** The decorator inside `method_decorator(decorator)`. */
function adapted(decorator: Expr): Expr | null {
  if (decorator.kind !== 'Call') return null;
  const name = dottedName(decorator.func) ?? '';
  return /(^|\.)method_decorator$/.test(name) ? (decorator.args[0]?.value ?? null) : null;
}

function written(
  ctx: WrapperContext,
  decorator: Expr,
  scope: FunctionInfo,
  thrown: ExceptionRef,
  inside: readonly FunctionInfo[] = [],
): Answer | null {
  const target = decorator.kind === 'Call' ? decorator.func : decorator;
  const types = parts(ctx.program.infer.expr(target, scope));
  const name = types.map(nameOf).find((found) => found !== null) ?? dottedName(target) ?? '';
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (isDeclared(ctx.program, [name]))
    return { detail: `decorator \`${last}\`, as configured`, contained: false };
  const option = decorator.kind === 'Call' ? optionAnswer(ctx.program, decorator, last, scope, thrown) : null;
  if (option !== null) return option;
  const call: Call =
    decorator.kind === 'Call'
      ? decorator
      : { kind: 'Call', start: decorator.start, end: decorator.end, func: decorator, args: [] };
  for (const type of types) {
    if (type.t !== 'function' && type.t !== 'class') continue;
    const outcome =
      type.t === 'function'
        ? ofFunction(ctx, type.fn, { call, scope, inside }, thrown)
        : ofClass(ctx, type.cls, call, scope, thrown);
    if (outcome !== 'escapes') return { detail: `decorator \`${last}\``, contained: outcome === 'contained' };
  }
  return null;
}

function nameOf(type: ReturnType<Program['infer']['expr']>): string | null {
  if (type.t === 'external') return type.name;
  if (type.t === 'function') return `${type.fn.module.name}.${type.fn.qualname}`;
  return type.t === 'class' ? type.cls.key : null;
}

/** Options by which well-known decorators swallow, wait for the row, or declare that it may be gone. */
const ANSWERING_OPTIONS =
  /^(ignore|ignore_errors|ignore_and_capture|silenced_exceptions|on_silent|swallow|suppress|ignore_exceptions|on|autoretry_for|throws)$/;

function optionAnswer(
  program: Program,
  decorator: Call,
  last: string,
  scope: FunctionInfo,
  thrown: ExceptionRef,
): Answer | null {
  if (!/retry|on_exception|task|actor|ignore|suppress|swallow/i.test(last)) return null;
  for (const { name, expr, fn } of answeringOptions(program, decorator, scope)) {
    const named = resolveExceptions(program, expr, fn).filter((ref) => ref.kind !== 'any');
    const exact = named.some((ref) => matches(program, ref, thrown) === 'exact');
    if (exact) return { detail: `\`@${last}(${name}=...)\``, contained: false };
  }
  return givesUpQuietly(decorator, last)
    ? { detail: `\`@${last}(retry_error_callback=...)\``, contained: false }
    : null;
}

/** tenacity answers what the last attempt raised with what `retry_error_callback` gives. */
function givesUpQuietly({ args }: Call, last: string): boolean {
  const callback = args.find(({ name }) => name === 'retry_error_callback')?.value ?? null;
  return last === 'retry' && callback !== null && !isNone(callback);
}

/** Those of backoff and tenacity included: `on_exception(expo, Missing)`, `retry(retry=retry_if_exception_type(Missing))`. */
function answeringOptions(program: Program, decorator: Call, scope: FunctionInfo): readonly Option[] {
  const [, second] = decorator.args;
  const waits = /(^|\.)on_exception$/.test(dottedName(decorator.func) ?? '') && second?.name === null;
  const placed = waits ? [{ name: 'exception', expr: second.value, fn: scope }] : [];
  return [
    ...placed,
    ...optionsOf(program, decorator, scope).flatMap((option): readonly Option[] => {
      if (ANSWERING_OPTIONS.test(option.name)) return [option];
      const condition = option.name === 'retry' && option.expr.kind === 'Call' ? option.expr : null;
      const [first] = condition?.args ?? [];
      return /(^|\.)retry_if_exception_type$/.test(dottedName(condition?.func ?? decorator) ?? '') &&
        first !== undefined
        ? [{ ...option, expr: first.value }]
        : [];
    }),
  ];
}

/** A decorator function: the nested function that calls the decorated one decides; or a context manager used as one. */
function ofFunction(
  ctx: WrapperContext,
  decorator: FunctionInfo,
  { call, scope, inside }: Use,
  thrown: ExceptionRef,
): WrapperOutcome {
  const managed = generatorOutcome(ctx, decorator, call, scope, thrown);
  if (managed !== 'escapes') return managed;
  const own = nestedOutcome(ctx, decorator, argumentsOf(decorator, call, scope), thrown);
  return own !== 'escapes' || inside.includes(decorator)
    ? own
    : appliedOutcome(ctx, decorator, thrown, [...inside, decorator]);
}

/** A decorator as it is called, and the decorators whose bodies the call stands in. */
interface Use {
  readonly call: Call;
  readonly scope: FunctionInfo;
  readonly inside: readonly FunctionInfo[];
}

/** A decorator class: its `__call__` calls the function that `__init__` kept, or wraps the one it is given. */
function ofClass(
  ctx: WrapperContext,
  cls: ClassInfo,
  call: Call,
  scope: FunctionInfo,
  thrown: ExceptionRef,
): WrapperOutcome {
  const { hierarchy } = ctx.program;
  const run = hierarchy.member(cls, '__call__')?.method;
  if (run === null || run === undefined) return exitOutcome(ctx.program, cls, thrown);
  const init = hierarchy.member(cls, '__init__')?.method ?? null;
  const values: Substitution = init === null ? new Map() : argumentsOf(init, call, scope);
  const kept = new Set<string>();
  for (const [attr, entries] of cls.selfAttributes) {
    if (entries.some(({ value }) => value?.kind === 'Name' && value.id === init?.params[1]?.name))
      kept.add(attr);
  }
  for (const site of ctx.sites(run)) {
    if (site.kind !== 'call' || site.expr.func.kind !== 'Attribute' || !kept.has(site.expr.func.attr))
      continue;
    const outcome = ctx.swallows(thrown, site.place.frame, run, values);
    if (outcome !== 'escapes') return outcome;
  }
  return nestedOutcome(ctx, run, values, thrown);
}

function nestedOutcome(
  ctx: WrapperContext,
  decorator: FunctionInfo,
  values: Substitution,
  thrown: ExceptionRef,
): WrapperOutcome {
  for (const { fn, params } of nestedFunctions(ctx.program, decorator)) {
    for (const site of ctx.sites(fn)) {
      for (const { frame, fn: home } of site.kind === 'call' ? placesOf(ctx, site, params) : []) {
        const outcome = ctx.swallows(thrown, frame, home, values);
        if (outcome !== 'escapes') return outcome;
      }
    }
  }
  return 'escapes';
}

/** What other decorators do that a decorator gives the function to: `return registered(answering(function))`. */
function appliedOutcome(
  ctx: WrapperContext,
  decorator: FunctionInfo,
  thrown: ExceptionRef,
  inside: readonly FunctionInfo[],
): WrapperOutcome {
  const inner = nestedFunctions(ctx.program, decorator).map(({ fn }) => fn);
  for (const fn of [decorator, ...inner]) {
    const params = new Set(fn.params.map(({ name }) => name));
    for (const site of ctx.sites(fn)) {
      if (site.kind !== 'call' || site.place.stmt.kind !== 'Return' || !takesFirst(site.expr, params))
        continue;
      const answer = written(ctx, site.expr.func, fn, thrown, inside);
      if (answer !== null) return answer.contained ? 'contained' : 'swallowed';
    }
  }
  return 'escapes';
}
