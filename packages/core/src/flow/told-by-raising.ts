import { type FunctionInfo, functionSites } from '../project/index.ts';
import { type Call, type Stmt, walkStmts } from '../syntax/index.ts';
import type { CallGraph } from './call-graph.ts';
import { lastName } from './site-table.ts';

/** Names of functions that say themselves that they raise. */
const RAISERS = /^_*(?:raise|fail|abort|reject)(?:_|$)/;

const ABSTRACT = /^NotImplemented(?:Error)?$/;

/**
 * The last names of what a function that returns nothing calls for nothing but the exception that it may raise: statements of their own, of functions that
 * return nothing and raise by hand, or are called so.
 */
export function raisingCalls(graph: CallGraph, fn: FunctionInfo): readonly string[] {
  if (givesValue(fn)) return [];
  const found = new Set<string>();
  own(fn, (stmt) => {
    if (stmt.kind !== 'ExprStmt') return;
    const call = stmt.value.kind === 'Await' ? stmt.value.value : stmt.value;
    const name = call.kind === 'Call' ? lastName(call.func) : null;
    if (call.kind === 'Call' && name !== null && raises(graph, fn, call, name)) found.add(name);
  });
  return [...found];
}

function raises(graph: CallGraph, fn: FunctionInfo, call: Call, name: string): boolean {
  const site = graph.sites.of(fn).find((one) => one.kind === 'call' && one.expr === call);
  const callees = site?.kind === 'call' ? graph.callees(site) : [];
  return callees.length === 0 ? RAISERS.test(name) : callees.every(tellsByRaising);
}

function tellsByRaising(fn: FunctionInfo): boolean {
  if (fn.def === null || fn.def.generator || functionSites(fn).returns.some(({ value }) => value !== null))
    return false;
  let found = false;
  own(fn, (stmt) => {
    found ||= stmt.kind === 'Raise' && stmt.exc !== null && !ABSTRACT.test(raised(stmt));
  });
  return found;
}

function givesValue(fn: FunctionInfo): boolean {
  return functionSites(fn).returns.some(({ value }) => value !== null);
}

function raised({ exc }: Extract<Stmt, { kind: 'Raise' }>): string {
  return exc === null ? '' : (lastName(exc.kind === 'Call' ? exc.func : exc) ?? '');
}

function own(fn: FunctionInfo, visit: (stmt: Stmt) => void): void {
  walkStmts(fn.body, visit, (stmt) => stmt.kind !== 'FunctionDef' && stmt.kind !== 'ClassDef');
}
