import type { CallSite, FunctionInfo, Place, Program } from '../project/index.ts';
import { type Call, type Expr, type Stmt, walkStmts } from '../syntax/index.ts';
import { takenBy } from './later.ts';
import type { WrapperContext } from './wrappers.ts';

/** `answering(function)`, `registered(answering(function))`. */
export function takesFirst({ args }: Call, params: ReadonlySet<string>): boolean {
  const [first, second] = args;
  if (first === undefined || second !== undefined || first.name !== null || first.star !== 0) return false;
  return first.value.kind === 'Name'
    ? params.has(first.value.id)
    : first.value.kind === 'Call' && takesFirst(first.value, params);
}

/** Where a call runs the decorated function: at its own place, or in a callee that it hands the function to, as it is or in a lambda. */
export function placesOf(ctx: WrapperContext, site: CallSite, params: ReadonlySet<string>): readonly Place[] {
  const isParam = (expr: Expr): boolean => expr.kind === 'Name' && params.has(expr.id);
  const inside = (call: CallSite, handed: Expr): Place[] =>
    ctx.runs(call, handed).flatMap((way) => way.map((run) => run.place));
  const { place, expr } = site;
  const passed = expr.args.find((arg) => isParam(arg.value));
  if (!isParam(expr.func)) return passed === undefined ? [] : inside(site, passed.value);
  const taker = place.deferred?.kind === 'Lambda' ? takenBy(place.deferred, place.stmt) : null;
  if (place.deferred === null || taker === null) return [place];
  return [
    ...inside({ kind: 'call', expr: taker, place: { ...place, deferred: null } }, place.deferred),
    place,
  ];
}

/** The functions inside a decorator, with the parameter names of the functions around them: one of those is the decorated function. */
export function nestedFunctions(
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
