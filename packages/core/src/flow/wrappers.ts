import type { ClassInfo, FunctionInfo, Program } from '../project/index.ts';
import { parts } from '../project/index.ts';
import { type Call, dottedName, type Expr, type Stmt, walkStmts } from '../syntax/index.ts';
import { type ExceptionRef, matches, resolveExceptions, type Substitution } from './exceptions.ts';
import type { CodeSite, Frame } from './sites.ts';

/** Answers that code around a call gives without a `try` at the place: context managers and decorators. */
export interface Answer {
  readonly detail: string;
  readonly contained: boolean;
}

/** Tells how an exception fares among frames: given by the propagation, so that wrappers are read with the same eyes. */
export type Swallows = (
  thrown: ExceptionRef,
  frame: Frame | null,
  fn: FunctionInfo,
  values: Substitution,
) => 'swallowed' | 'contained' | 'escapes';

export interface WrapperContext {
  readonly program: Program;
  readonly sites: (fn: FunctionInfo) => readonly CodeSite[];
  readonly swallows: Swallows;
}

/** Whether `with <context>:` answers the exception. */
export function contextAnswer(
  ctx: WrapperContext,
  context: Expr,
  fn: FunctionInfo,
  thrown: ExceptionRef,
): Answer | null {
  if (context.kind !== 'Call') return null;
  const written = dottedName(context.func) ?? '';
  const last = written.slice(written.lastIndexOf('.') + 1);
  if (last === 'suppress' || last === 'ignored') {
    const named = context.args.flatMap((arg) => resolveExceptions(ctx.program, arg.value, fn));
    return named.some((ref) => matches(ctx.program, ref, thrown) !== 'no')
      ? { detail: `\`${last}(...)\``, contained: false }
      : null;
  }
  if (isDeclared(ctx.program, [written]))
    return { detail: `\`${written}\`, as configured`, contained: false };
  for (const type of parts(ctx.program.infer.expr(context.func, fn))) {
    if (type.t === 'class' && exitSwallows(ctx.program, type.cls))
      return { detail: `context manager \`${type.cls.name}\``, contained: false };
    if (type.t === 'function') {
      const outcome = generatorAnswer(ctx, type.fn, context, fn, thrown);
      if (outcome !== 'escapes')
        return { detail: `context manager \`${type.fn.name}\``, contained: outcome === 'contained' };
    }
  }
  return null;
}

/** True when `handled-by` names one of these dotted names: itself, its last part, or a package around it. */
export function isDeclared(program: Program, names: readonly string[]): boolean {
  return program.options.handledBy.some((entry) =>
    names.some((name) => name === entry || name.endsWith(`.${entry}`) || name.startsWith(`${entry}.`)),
  );
}

/** An `__exit__` that can return something true swallows. */
function exitSwallows(program: Program, cls: ClassInfo): boolean {
  const exit = program.hierarchy.member(cls, '__exit__')?.method;
  let swallows = false;
  walkStmts(exit?.body ?? [], (stmt) => {
    if (stmt.kind === 'Return' && stmt.value?.kind === 'Constant' && stmt.value.value === 'True')
      swallows = true;
  });
  return swallows;
}

/** A `@contextmanager` function: what its own `try` around the `yield` does. */
function generatorAnswer(
  ctx: WrapperContext,
  manager: FunctionInfo,
  call: Call,
  caller: FunctionInfo,
  thrown: ExceptionRef,
): 'swallowed' | 'contained' | 'escapes' {
  if (!ctx.program.decoratorNames(manager).some((name) => /contextmanager$/.test(name))) return 'escapes';
  const site = ctx.sites(manager).find((candidate) => candidate.kind === 'yield');
  return site === undefined
    ? 'escapes'
    : ctx.swallows(thrown, site.place.frame, manager, argumentValues(manager, call, caller));
}

/** Whether one of a function's decorators answers what leaves its body. */
export function decoratorAnswer(ctx: WrapperContext, fn: FunctionInfo, thrown: ExceptionRef): Answer | null {
  const names = ctx.program.decoratorNames(fn);
  const outer = fn.parent ?? fn.module.top;
  for (const [i, decorator] of (fn.def?.decorators ?? []).entries()) {
    const name = names[i] ?? '';
    const last = name.slice(name.lastIndexOf('.') + 1);
    if (isDeclared(ctx.program, [name]))
      return { detail: `decorator \`${last}\`, as configured`, contained: false };
    const option = optionAnswer(ctx.program, decorator, last, outer, thrown);
    if (option !== null) return option;
    const target = decorator.kind === 'Call' ? decorator.func : decorator;
    for (const type of parts(ctx.program.infer.expr(target, outer))) {
      if (type.t !== 'function') continue;
      const outcome = learned(ctx, type.fn, decorator, outer, thrown);
      if (outcome !== 'escapes')
        return { detail: `decorator \`${type.fn.name}\``, contained: outcome === 'contained' };
    }
  }
  return null;
}

/** Options by which well-known decorators swallow: `@retry(ignore=X)`, `silenced_exceptions=`, `throws` of Celery stays an error. */
const SWALLOWING_OPTIONS =
  /^(ignore|ignore_and_capture|silenced_exceptions|on_silent|swallow|suppress|ignore_exceptions|on)$/;

function optionAnswer(
  program: Program,
  decorator: Expr,
  last: string,
  scope: FunctionInfo,
  thrown: ExceptionRef,
): Answer | null {
  if (decorator.kind !== 'Call' || !/retry|task|ignore|suppress|swallow/i.test(last)) return null;
  for (const arg of decorator.args) {
    if (arg.name === null || !SWALLOWING_OPTIONS.test(arg.name)) continue;
    const named = resolveExceptions(program, arg.value, scope).filter((ref) => ref.kind !== 'any');
    const exact = named.some((ref) => matches(program, ref, thrown) === 'exact');
    if (exact) return { detail: `\`@${last}(${arg.name}=...)\``, contained: false };
  }
  return null;
}

/** Reads a decorator's own body: the nested function that calls the decorated one decides. */
function learned(
  ctx: WrapperContext,
  decorator: FunctionInfo,
  written: Expr,
  scope: FunctionInfo,
  thrown: ExceptionRef,
): 'swallowed' | 'contained' | 'escapes' {
  const bare: Call = { kind: 'Call', start: written.start, end: written.end, func: written, args: [] };
  const values = argumentValues(decorator, written.kind === 'Call' ? written : bare, scope);
  for (const { fn, params } of nestedFunctions(ctx.program, decorator)) {
    for (const site of ctx.sites(fn)) {
      if (site.kind !== 'call' || site.expr.func.kind !== 'Name' || !params.has(site.expr.func.id)) continue;
      const outcome = ctx.swallows(thrown, site.place.frame, fn, values);
      if (outcome !== 'escapes') return outcome;
    }
  }
  return 'escapes';
}

/** The functions inside a decorator, with the parameter names of the functions around them: one of those is the decorated function. */
function nestedFunctions(
  program: Program,
  outer: FunctionInfo,
  params: ReadonlySet<string> = new Set(),
): { fn: FunctionInfo; params: ReadonlySet<string> }[] {
  const seen = new Set([...params, ...outer.params.map((param) => param.name)]);
  const out: { fn: FunctionInfo; params: ReadonlySet<string> }[] = [];
  const visit = (stmt: Stmt): void => {
    const inner = stmt.kind === 'FunctionDef' ? program.functionInfo(stmt) : null;
    if (inner !== null) out.push({ fn: inner, params: seen }, ...nestedFunctions(program, inner, seen));
  };
  walkStmts(outer.body, visit, (stmt) => stmt.kind !== 'FunctionDef' && stmt.kind !== 'ClassDef');
  return out;
}

/** What a call gives to each parameter of a function, defaults included. `*args` gets nothing. */
export function argumentValues(
  fn: FunctionInfo,
  call: Call,
  caller: FunctionInfo,
): Map<string, { expr: Expr; fn: FunctionInfo }> {
  const out = new Map<string, { expr: Expr; fn: FunctionInfo }>();
  for (const param of fn.params)
    if (param.default !== null) out.set(param.name, { expr: param.default, fn: fn.parent ?? fn });
  const positional = call.args.filter((arg) => arg.name === null && arg.star === 0);
  const variadic = fn.params.find((param) => param.star === 1);
  for (const [i, arg] of positional.entries()) {
    const param = fn.params.filter((candidate) => candidate.star === 0)[i];
    if (param !== undefined && variadic === undefined) out.set(param.name, { expr: arg.value, fn: caller });
  }
  if (variadic !== undefined && positional.length > 0) {
    const first = positional[0];
    const last = positional.at(-1);
    if (first !== undefined && last !== undefined) {
      out.set(variadic.name, {
        expr: {
          kind: 'Tuple',
          start: first.value.start,
          end: last.value.end,
          elts: positional.map((arg) => arg.value),
        },
        fn: caller,
      });
    }
  }
  for (const arg of call.args) if (arg.name !== null) out.set(arg.name, { expr: arg.value, fn: caller });
  return out;
}
