import { type FunctionInfo, parts, type Program, sitesOf } from '../project/index.ts';
import { type Call, dottedName, type Expr, walkExpr } from '../syntax/index.ts';
import { type CallEdge, type CallGraph } from './call-graph.ts';
import { testsGetter } from './kept-getters.ts';
import type { Fact } from './narrow-state.ts';
import { onlyValue } from './only-value.ts';
import { wordsOf } from './same-words.ts';
import { lastName } from './site-table.ts';
import { outsideTests } from './test-code.ts';

/**
 * True for a test by a function that asks the same getter of the same: `if has_invoice(order):` before `invoice_or_none(order).total`, also
 * under a name, `answer = super().check(request)`. What it does with it is not looked at.
 */
export function asksFunction(program: Program, test: Expr, { source, by }: Fact, fn: FunctionInfo): boolean {
  if (by !== 'getter' || source.kind !== 'Call' || source.args.length === 0) return false;
  const getters = calledBy(program, source, fn);
  if (getters.length === 0) return false;
  const given = source.args.map(({ value }) => wordsOf(value));
  let found = false;
  walkExpr(test, (part) => {
    const call = part.kind === 'Name' ? onlyValue(part, fn) : part;
    if (found || call?.kind !== 'Call') return;
    const told = call.args.map(({ value }) => wordsOf(value));
    found =
      given.every((words) => told.includes(words)) &&
      calledBy(program, call, fn).some((callee) => asks(program, callee, getters));
  });
  return found;
}

function asks(program: Program, callee: FunctionInfo, getters: readonly FunctionInfo[]): boolean {
  return (
    !getters.includes(callee) &&
    sitesOf(callee).some(
      (site) =>
        site.kind === 'call' && calledBy(program, site.expr, callee).some((one) => getters.includes(one)),
    )
  );
}

function calledBy(program: Program, { func }: Call, fn: FunctionInfo): readonly FunctionInfo[] {
  return parts(program.infer.expr(func, fn)).flatMap((type) => (type.t === 'function' ? [type.fn] : []));
}

/** Methods of views that run before all others, and may send the request away. */
const FIRST = ['setup', 'dispatch', 'initial', 'test_func'];

/** `tenant_or_none(request)` in views whose `dispatch`, or that of a class which they are made of, asks for the same and leaves where there is none. */
export function askedByViews(graph: CallGraph, fn: FunctionInfo, { source, by }: Fact): boolean {
  if (by !== 'getter' || source.kind !== 'Call' || source.func.kind === 'Call') return false;
  const getter = lastName(source.func);
  if (getter === null || source.args.length === 0 || !source.args.every(({ value }) => isRequest(value)))
    return false;
  const asked = (at: FunctionInfo): boolean => dispatches(graph.program, at, getter);
  if (asked(fn)) return true;
  const edges: readonly CallEdge[] = outsideTests(graph.callers(fn), fn.path);
  return edges.length > 0 && edges.every(({ place }) => asked(place.fn));
}

function isRequest(expr: Expr): boolean {
  return /(^|\.)request$/.test(dottedName(expr) ?? '');
}

function dispatches({ hierarchy }: Program, { cls, name }: FunctionInfo, getter: string): boolean {
  if (cls === null || FIRST.includes(name)) return false;
  return hierarchy
    .mro(cls)
    .flatMap((base) => (typeof base === 'string' ? [] : FIRST.map((hook) => base.methods.get(hook))))
    .some((method) => method !== undefined && testsGetter(method, getter));
}
