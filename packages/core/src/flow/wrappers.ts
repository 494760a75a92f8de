import {
  type CallSite,
  type CodeSite,
  type Frame,
  type FunctionInfo,
  parts,
  type Program,
} from '../project/index.ts';
import {
  type Call,
  dottedName,
  type Expr,
  stmtExprs,
  walkExpr,
  walkStmts,
  type With,
  type WithItem,
} from '../syntax/index.ts';
import { argumentsOf } from './arguments.ts';
import { matches } from './exception-matches.ts';
import { type ExceptionRef, resolveExceptions, type Substitution } from './exceptions.ts';
import { exitOutcome } from './exit-method.ts';
import type { Run } from './handed.ts';
import { type Valued, valuesOf } from './values.ts';

/** Answers that code around a call gives without a `try` at the place: context managers and decorators. */
export interface Answer {
  readonly detail: string;
  readonly contained: boolean;
}

export type WrapperOutcome = 'swallowed' | 'contained' | 'escapes';

/** Tells how an exception fares among frames: given by the propagation, so that wrappers are read with the same eyes. */
export type Swallows = (
  thrown: ExceptionRef,
  frame: Frame | null,
  fn: FunctionInfo,
  values: Substitution,
) => WrapperOutcome;

export interface WrapperContext {
  readonly program: Program;
  readonly sites: (fn: FunctionInfo) => readonly CodeSite[];
  readonly swallows: Swallows;
  /** The ways in which a call runs a function that it is given. */
  readonly runs: (call: CallSite, handed: Expr) => readonly (readonly Run[])[];
}

/** Whether `with <item>:` answers the exception, or a context manager that its `ExitStack` is given. */
export function contextAnswer(
  ctx: WrapperContext,
  { item, stmt }: { readonly item: WithItem; readonly stmt: With },
  fn: FunctionInfo,
  thrown: ExceptionRef,
): Answer | null {
  for (const context of [item.context, ...stacked(item, stmt)]) {
    for (const { expr, fn: scope } of callsOf(ctx.program, context, fn)) {
      const answer = expr.kind === 'Call' ? managerAnswer(ctx, expr, scope, thrown) : null;
      if (answer !== null) return answer;
    }
  }
  return null;
}

/** `stack.enter_context(...)` in the body of `with ExitStack() as stack`. */
function stacked({ context, target }: WithItem, { body }: With): Expr[] {
  const made = context.kind === 'Call' ? (dottedName(context.func) ?? '') : '';
  if (!/(^|\.)(Async)?ExitStack$/.test(made) || target?.kind !== 'Name') return [];
  const entered: Expr[] = [];
  walkStmts(body, (stmt) => {
    for (const expr of stmtExprs(stmt)) {
      walkExpr(expr, (part) => {
        if (
          part.kind !== 'Call' ||
          part.func.kind !== 'Attribute' ||
          !/^(enter_context|enter_async_context|push)$/.test(part.func.attr)
        )
          return;
        const first = part.args[0]?.value;
        if (part.func.value.kind === 'Name' && part.func.value.id === target.id && first !== undefined)
          entered.push(first);
      });
    }
  });
  return entered;
}

/** A call itself, or the calls whose result a name was assigned. */
export function callsOf(program: Program, expr: Expr, fn: FunctionInfo): readonly Valued[] {
  if (expr.kind === 'Call') return [{ expr, fn }];
  return valuesOf(program, expr, fn).filter((value) => value.expr.kind === 'Call');
}

function managerAnswer(
  ctx: WrapperContext,
  context: Call,
  fn: FunctionInfo,
  thrown: ExceptionRef,
): Answer | null {
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
    const outcome =
      type.t === 'class'
        ? exitOutcome(ctx.program, type.cls, thrown)
        : type.t === 'function'
          ? generatorOutcome(ctx, type.fn, context, fn, thrown)
          : 'escapes';
    const name = type.t === 'class' ? type.cls.name : type.t === 'function' ? type.fn.name : '';
    if (outcome !== 'escapes')
      return { detail: `context manager \`${name}\``, contained: outcome === 'contained' };
  }
  return null;
}

/** True when `handled-by` names one of these dotted names: itself, its last part, or a package around it. */
export function isDeclared(program: Program, names: readonly string[]): boolean {
  return program.options.handledBy.some((entry) =>
    names.some((name) => name === entry || name.endsWith(`.${entry}`) || name.startsWith(`${entry}.`)),
  );
}

/** A `@contextmanager` function: what its own `try` around the `yield` does. */
export function generatorOutcome(
  ctx: WrapperContext,
  manager: FunctionInfo,
  call: Call,
  caller: FunctionInfo,
  thrown: ExceptionRef,
): WrapperOutcome {
  if (!ctx.program.decoratorNames(manager).some((name) => name.endsWith('contextmanager'))) return 'escapes';
  const site = ctx.sites(manager).find((candidate) => candidate.kind === 'yield');
  return site === undefined
    ? 'escapes'
    : ctx.swallows(thrown, site.place.frame, manager, argumentsOf(manager, call, caller));
}
