import { REPORT_CALLS } from '../django/index.ts';
import type { FunctionInfo, Program } from '../project/index.ts';
import {
  dottedName,
  type Expr,
  type Handler,
  opensScope,
  type Raise,
  type Stmt,
  stmtBlocks,
  stmtExprs,
  walkExpr,
} from '../syntax/index.ts';
import { isApiAnswer } from './exception-matches.ts';
import { type ExceptionRef, resolveExceptions } from './exceptions.ts';

/** What a handler does with the exception it caught. */
export type HandlerOutcome =
  /** `lets`: some branch raises it again, retries, or gives it to the framework's own error answer. */
  | { readonly kind: 'swallows'; readonly reports: boolean; readonly lets: boolean }
  | { readonly kind: 'answers'; readonly reports: boolean } // raises an exception that the framework answers
  | { readonly kind: 'reraises'; readonly at: Raise; readonly reports: boolean }
  | { readonly kind: 'converts'; readonly to: readonly ExceptionRef[]; readonly at: Raise };

/** Reads a handler's body. `raise` on some branches only counts as an answer: the author decided there. */
export function handlerOutcome(program: Program, handler: Handler, fn: FunctionInfo): HandlerOutcome {
  const reports = reportsError(handler.body);
  const ends = blockEnds(handler.body);
  const swallows: HandlerOutcome = { kind: 'swallows', reports, lets: passesOn(handler, handler.body) };
  if (ends.falls || ends.raises.length === 0) return swallows;
  const same = ends.raises.filter((raise) => isReraise(raise, handler));
  const first = ends.raises[0];
  if (same.length > 0 && same.length === ends.raises.length && first !== undefined)
    return { kind: 'reraises', at: first, reports };
  const other = ends.raises.find((raise) => !isReraise(raise, handler));
  if (other === undefined || other.exc === null) return swallows;
  const to = raisedClasses(program, other.exc, fn);
  if (to.length === 0 || to.some((ref) => ref.kind === 'any')) return swallows;
  return to.every((ref) => isApiAnswer(program, ref))
    ? { kind: 'answers', reports }
    : { kind: 'converts', to, at: other };
}

export function isReraise(raise: Raise, handler: Handler): boolean {
  return (
    raise.exc === null ||
    (raise.exc.kind === 'Name' && raise.exc.id === handler.name && handler.name !== null)
  );
}

/** The classes of `raise X`, `raise X(...)`. */
export function raisedClasses(program: Program, expr: Expr, fn: FunctionInfo): ExceptionRef[] {
  return resolveExceptions(program, expr.kind === 'Call' ? expr.func : expr, fn);
}

interface Ends {
  /** True when some path leaves the block without raising. */
  readonly falls: boolean;
  readonly raises: readonly Raise[];
}

/** How a block can end: by falling out, returning or jumping (`falls`), or by the raises it always reaches. */
function blockEnds(body: readonly Stmt[]): Ends {
  const raises: Raise[] = [];
  for (const stmt of body) {
    if (stmt.kind === 'Raise') return { falls: false, raises: [...raises, stmt] };
    if (stmt.kind === 'Return' || stmt.kind === 'Continue' || stmt.kind === 'Break')
      return { falls: true, raises };
    if (stmt.kind === 'If') {
      const yes = blockEnds(stmt.body);
      const no = blockEnds(stmt.orelse);
      raises.push(...yes.raises, ...no.raises);
      if (!yes.falls && !no.falls) return { falls: false, raises };
      if (leaves(stmt.body) || leaves(stmt.orelse)) return { falls: true, raises };
    }
    if (stmt.kind === 'With') {
      const inner = blockEnds(stmt.body);
      if (!inner.falls) return { falls: false, raises: [...raises, ...inner.raises] };
    }
  }
  return { falls: true, raises };
}

/** True when the block itself ends by returning or jumping. */
function leaves(body: readonly Stmt[]): boolean {
  const last = body.at(-1);
  return last?.kind === 'Return' || last?.kind === 'Continue' || last?.kind === 'Break';
}

/** A raise of the same exception on some branch, a retry, or a call of `handle_exception`. */
function passesOn(handler: Handler, body: readonly Stmt[]): boolean {
  return body.some((stmt) => {
    if (opensScope(stmt)) return false;
    if (stmt.kind === 'Raise' && isReraise(stmt, handler)) return true;
    let found = false;
    for (const expr of stmtExprs(stmt)) {
      walkExpr(expr, (part) => {
        const name =
          part.kind !== 'Call'
            ? ''
            : part.func.kind === 'Attribute'
              ? part.func.attr
              : part.func.kind === 'Name'
                ? part.func.id
                : '';
        if (/^(retry|retry_task|handle_exception|handle_uncaught_exception)$/.test(name)) found = true;
      });
    }
    return found || stmtBlocks(stmt).some((block) => passesOn(handler, block));
  });
}

/** True when the block logs at error level or captures the exception. */
export function reportsError(body: readonly Stmt[]): boolean {
  return body.some((stmt) => {
    if (opensScope(stmt)) return false;
    let found = false;
    for (const expr of stmtExprs(stmt)) {
      walkExpr(expr, (part) => {
        if (part.kind !== 'Call') return;
        const name =
          part.func.kind === 'Attribute' ? part.func.attr : part.func.kind === 'Name' ? part.func.id : '';
        if (REPORT_CALLS.has(name) && (part.func.kind === 'Attribute' || name.length > 9)) found = true;
        if (name === 'log' && /\.(ERROR|CRITICAL|FATAL)$/.test(dottedName(part.args[0]?.value ?? part) ?? ''))
          found = true;
      });
    }
    return found || stmtBlocks(stmt).some(reportsError);
  });
}
