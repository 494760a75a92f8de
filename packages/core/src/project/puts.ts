import { type Call, type Expr, type FunctionDef, type Stmt, walkStmts } from '../syntax/index.ts';
import { callsOf, functionSites } from './call-index.ts';
import type { FunctionInfo } from './function-info.ts';
import { nameIndex } from './name-index.ts';
import { push } from './per-module.ts';

/** Something that is put into a table which was made elsewhere: `TABLE[key] = value`, `TABLE.append(value)`. */
export interface Put {
  readonly table: Expr;
  readonly value: Expr;
  readonly fn: FunctionInfo;
}

/** Methods that put their last positional argument into a list or set. */
const PUTS: ReadonlySet<string> = new Set(['append', 'appendleft', 'add', 'insert']);

/** Steps that lead into a table: `TABLE[kind]`, `TABLE.setdefault(kind, [])`, `TABLE.get(kind)`. */
export function wholeTable(expr: Expr): Expr {
  if (expr.kind === 'Subscript') return wholeTable(expr.value);
  const inner =
    expr.kind === 'Call' && expr.func.kind === 'Attribute' && /^(setdefault|get)$/.test(expr.func.attr);
  return inner && expr.kind === 'Call' && expr.func.kind === 'Attribute' ? wholeTable(expr.func.value) : expr;
}

/**
 * What the code of modules and classes puts into tables, and what functions put there that they are given: those register what
 * they are called with, or decorate. By the name that the table has where it is made.
 */
export const puts = nameIndex((module): ReadonlyMap<string, readonly Put[]> => {
  const out = new Map<string, Put[]>();
  const add = (table: Expr, value: Expr, fn: FunctionInfo): void => {
    const name =
      table.kind === 'Attribute' ? table.attr : table.kind === 'Name' ? ownName(table.id, fn) : null;
    if (name === null || (table.kind === 'Name' && fn.def !== null && isLocal(table.id, fn))) return;
    if (fn.def === null ? isNamed(value) : isGiven(value, fn)) push(out, name, { table, value, fn });
  };
  for (const fn of module.functions)
    for (const { target, value } of functionSites(fn).given)
      if (target.kind === 'Subscript') add(wholeTable(target), value, fn);
  for (const method of PUTS) {
    for (const { expr, place } of callsOf(module).get(method) ?? []) {
      if (place.stmt.kind !== 'ExprStmt' || place.stmt.value !== expr) continue;
      for (const { table, value } of putBy(expr)) add(table, value, place.fn);
    }
  }
  for (const method of MERGES)
    for (const { expr, place } of callsOf(module).get(method) ?? [])
      if (place.fn.def === null && expr.func.kind === 'Attribute')
        for (const value of merged(expr)) add(wholeTable(expr.func.value), value, place.fn);
  return out;
});

/** Methods that put what a display holds into a table: `TABLE.update({"a": f})`, `TABLE.extend([f])`. */
const MERGES = ['update', 'extend'] as const;

function merged({ args }: Call): readonly Expr[] {
  const given = args.length === 1 ? args[0]?.value : undefined;
  if (given?.kind === 'Dict') return given.entries.map(({ value }) => value);
  return given?.kind === 'List' || given?.kind === 'Tuple' || given?.kind === 'Set' ? given.elts : [];
}

/** True for a function whose body, or that of a function in it, puts something that it is given into a table of others. */
export function registers(def: FunctionDef): boolean {
  const params = new Set<string>();
  const assigned = new Set<string>();
  const found: { readonly table: Expr; readonly value: Expr }[] = [];
  const visit = (stmt: Stmt): void => {
    if (stmt.kind === 'FunctionDef') for (const { name } of stmt.params) params.add(name);
    if (stmt.kind === 'Assign') {
      for (const target of stmt.targets) {
        if (target.kind === 'Name') assigned.add(target.id);
        if (target.kind === 'Subscript' && stmt.value !== null)
          found.push({ table: wholeTable(target), value: stmt.value });
      }
    }
    if (stmt.kind === 'ExprStmt' && stmt.value.kind === 'Call') found.push(...putBy(stmt.value));
  };
  visit(def);
  walkStmts(def.body, visit);
  return found.some(
    ({ table, value }) =>
      value.kind === 'Name' &&
      params.has(value.id) &&
      !(table.kind === 'Name' && (params.has(table.id) || assigned.has(table.id))),
  );
}

/** The name that a name of the module has where it comes from: `T` of `from registry import TABLE as T`. */
function ownName(name: string, { module }: FunctionInfo): string {
  const source = module.top.scope.bindings.get(name)?.at(-1)?.source;
  return source?.kind === 'from' ? source.name : name;
}

/** What a call of a list's or set's method puts into it. */
function putBy({ func, args }: Call): readonly { readonly table: Expr; readonly value: Expr }[] {
  const last = args.at(-1);
  return func.kind === 'Attribute' && PUTS.has(func.attr) && last?.name === null
    ? [{ table: wholeTable(func.value), value: last.value }]
    : [];
}

function isNamed({ kind }: Expr): boolean {
  return kind === 'Name' || kind === 'Attribute' || kind === 'Call';
}

/** A parameter of the function, or of one around it. */
function isGiven(value: Expr, fn: FunctionInfo): boolean {
  return value.kind === 'Name' && givenTo(value.id, fn) !== null;
}

/** The function whose parameter a name is, the innermost one; null when the name is bound otherwise. */
export function givenTo(name: string, fn: FunctionInfo): FunctionInfo | null {
  for (let at: FunctionInfo | null = fn; at?.def != null; at = at.parent) {
    const bindings = at.scope.bindings.get(name) ?? [];
    if (bindings.some(({ source }) => source.kind === 'for')) return null;
    if (at.params.some((param) => param.name === name)) return at;
    if (assigns(at, name)) return null;
  }
  return null;
}

function isLocal(name: string, fn: FunctionInfo): boolean {
  for (let at: FunctionInfo | null = fn; at?.def != null; at = at.parent)
    if (at.params.some((param) => param.name === name) || assigns(at, name)) return true;
  return false;
}

function assigns(fn: FunctionInfo, name: string): boolean {
  return functionSites(fn).given.some(({ target }) => target.kind === 'Name' && target.id === name);
}
