import { type FunctionInfo, parts, type Program, PROPERTY } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import type { Attribute, Call, Expr } from '../syntax/index.ts';
import { returnValues } from './origin-parameters.ts';
import { type Valued, valuesOf } from './values.ts';

/** Functions behind a called expression that no type tells: a `partial` that is kept in a name, an entry of a table. */
export function keptFunctions(program: Program, func: Expr, fn: FunctionInfo): readonly FunctionInfo[] {
  return sourcesOf(program, func, fn).flatMap((value) => functionsIn(program, value));
}

/** Methods that `TABLE[key].method(...)` may run: those of the classes and instances that the table holds, however many they are. */
export function keptMethods(
  program: Program,
  { attr, value }: Attribute,
  fn: FunctionInfo,
): readonly FunctionInfo[] {
  if (value.kind !== 'Subscript' && value.kind !== 'Call' && value.kind !== 'Name') return [];
  const entries = value.kind === 'Name' ? chosenEntries(program, value, fn) : entriesOf(program, value, fn);
  return entries.flatMap((entry) =>
    parts(program.infer.expr(entry.expr, entry.fn)).flatMap((type) =>
      type.t === 'class' || type.t === 'instance'
        ? (program.hierarchy.member(type.cls, attr)?.method ?? [])
        : [],
    ),
  );
}

/** The entries behind `handler = TABLE[key]`. */
function chosenEntries(program: Program, name: Expr, fn: FunctionInfo): readonly Valued[] {
  return valuesOf(program, name, fn).flatMap((value) => entriesOf(program, value.expr, value.fn));
}

/** Calls whose result runs their first argument when it is called. */
const CARRIERS = new Set([
  'partial',
  'staticmethod',
  'async_to_sync',
  'sync_to_async',
  'database_sync_to_async',
]);

/** The function of `partial(f, ...)` and the like; null for other calls. */
export function partialOf(expr: Expr): Expr | null {
  const name =
    expr.kind !== 'Call'
      ? null
      : expr.func.kind === 'Name'
        ? expr.func.id
        : expr.func.kind === 'Attribute'
          ? expr.func.attr
          : null;
  return expr.kind === 'Call' && name !== null && CARRIERS.has(name) ? (expr.args[0]?.value ?? null) : null;
}

/** The `partial(...)` that a called expression is, or that a name for it was assigned; null when it is none. */
export function partialCall(
  program: Program,
  func: Expr,
  fn: FunctionInfo,
): { readonly call: Call; readonly fn: FunctionInfo } | null {
  const values = func.kind === 'Call' ? [{ expr: func, fn }] : valuesOf(program, func, fn);
  for (const { expr, fn: home } of values)
    if (expr.kind === 'Call' && partialOf(expr) !== null) return { call: expr, fn: home };
  return null;
}

function functionsIn(program: Program, { expr, fn }: Valued): FunctionInfo[] {
  const target = partialOf(expr) ?? expr;
  return parts(program.infer.expr(target, fn)).flatMap((type) => {
    if (type.t === 'function') return [type.fn];
    return type.t === 'class' ? (program.hierarchy.member(type.cls, '__init__')?.method ?? []) : [];
  });
}

/** Where a called expression comes from: the entries of a table, or what a name was assigned. */
function sourcesOf(program: Program, func: Expr, fn: FunctionInfo): readonly Valued[] {
  if (func.kind === 'Call')
    return partialOf(func) === null ? entriesOf(program, func, fn) : [{ expr: func, fn }];
  if (func.kind === 'Subscript') return entriesOf(program, func, fn);
  const looped =
    func.kind === 'Name' ? loopsOf(func, fn).flatMap((iter) => tableEntries(program, iter, fn)) : [];
  return [
    ...looped,
    ...valuesOf(program, func, fn).flatMap((value) =>
      partialOf(value.expr) === null ? entriesOf(program, value.expr, value.fn) : [value],
    ),
  ];
}

/** The entries that `TABLE[key]` and `TABLE.get(key)` may give. */
function entriesOf(program: Program, expr: Expr, fn: FunctionInfo): readonly Valued[] {
  if (expr.kind === 'Subscript') return tableEntries(program, expr.value, fn);
  const isGet = expr.kind === 'Call' && expr.func.kind === 'Attribute' && /^(get|pop)$/.test(expr.func.attr);
  return isGet ? tableEntries(program, tableOf(expr), fn) : [];
}

/** The table behind `TABLE.get(key)`, `TABLE.values()`; any other expression is its own. */
function tableOf(expr: Expr): Expr {
  return expr.kind === 'Call' &&
    expr.func.kind === 'Attribute' &&
    /^(get|pop|values|items|keys)$/.test(expr.func.attr)
    ? expr.func.value
    : expr;
}

function tableEntries(program: Program, table: Expr, fn: FunctionInfo): readonly Valued[] {
  const of = (value: Valued): Valued[] => elements(value.expr).map((expr) => ({ expr, fn: value.fn }));
  const bare = tableOf(table);
  const direct = of({ expr: bare, fn });
  if (direct.length > 0) return direct;
  const assigned = valuesOf(program, bare, fn).flatMap(of);
  return assigned.length > 0 || bare.kind !== 'Attribute'
    ? assigned
    : propertyValues(program, bare, fn).flatMap(of);
}

/** The tables that a property gives. */
function propertyValues(program: Program, { attr, value }: Attribute, fn: FunctionInfo): readonly Valued[] {
  return parts(program.infer.expr(value, fn)).flatMap((type) => {
    const method = type.t === 'instance' ? program.hierarchy.member(type.cls, attr)?.method : null;
    return method != null && program.decoratorNames(method).some((name) => PROPERTY.test(name))
      ? returnValues(method).map((expr) => ({ expr, fn: method }))
      : [];
  });
}

function elements(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'Dict':
      return expr.entries.map((entry) => entry.value);
    case 'List':
    case 'Tuple':
    case 'Set':
      return expr.elts.flatMap((part) => (part.kind === 'Tuple' ? part.elts : [part]));
    default:
      return [];
  }
}

/** What the loops that bind a name run over. */
export function loopsOf(name: Extract<Expr, { kind: 'Name' }>, fn: FunctionInfo): readonly Expr[] {
  let hidden = false;
  const loops: Expr[] = [];
  for (const { start, end, bindings } of fn.inner) {
    if (name.start < start || end < name.end) continue;
    for (const binding of bindings) {
      if (binding.name !== name.id) continue;
      hidden = true;
      if (binding.source.kind === 'for') loops.push(binding.source.iter);
    }
  }
  if (hidden) return loops;
  const bindings = fn.scope.bindings.get(name.id) ?? [];
  if (!bindings.some(({ source }) => source.kind === 'for')) return [];
  return reaching(bindings, name.start).flatMap(({ source }) => (source.kind === 'for' ? [source.iter] : []));
}
