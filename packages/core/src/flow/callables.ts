import { type FunctionInfo, parts, type Program, PROPERTY, type Type, wholeTable } from '../project/index.ts';
import type { Attribute, Expr } from '../syntax/index.ts';
import { loopsOf } from './loops.ts';
import { namedFunctions } from './named-functions.ts';
import { returnValues } from './origin-parameters.ts';
import { partialOf } from './partials.ts';
import { registeredIn } from './registrations.ts';
import { lastName } from './site-table.ts';
import { holderOf, type Owner, tableAt } from './tables.ts';
import { type Valued, valuesOf } from './values.ts';

/** An entry is taken of a table. */
interface Taken {
  readonly table: Expr;
  readonly fn: FunctionInfo;
  /** Whose method takes it; null where that is not known. */
  readonly of: Owner | null;
}

const MAX_DEPTH = 3;

/** Functions behind a called expression that no type tells: a `partial` that is kept in a name, an entry of a table, a method by its name. */
export function keptFunctions(program: Program, func: Expr, fn: FunctionInfo): readonly FunctionInfo[] {
  const values = func.kind === 'Call' ? [{ expr: func, fn }] : valuesOf(program, func, fn);
  const kept = values.flatMap((value) => {
    const inner = partialOf(value.expr);
    return inner === null ? [] : parts(program.infer.expr(inner, value.fn));
  });
  const run = [...kept, ...entriesBehind(program, func, fn)].flatMap((type) => {
    if (type.t === 'function') return [type.fn];
    const method = type.t === 'class' ? '__init__' : '__call__';
    return type.t === 'class' || type.t === 'instance'
      ? (program.hierarchy.member(type.cls, method)?.method ?? [])
      : [];
  });
  return [...run, ...values.flatMap((value) => namedFunctions(program, value))];
}

/**
 * Methods that `TABLE[key].method(...)` and `TABLE[key]().method(...)` may run: those of the classes and instances that the table
 * holds, however many they are.
 */
export function keptMethods(
  program: Program,
  { attr, value }: Attribute,
  fn: FunctionInfo,
): readonly FunctionInfo[] {
  if (value.kind !== 'Subscript' && value.kind !== 'Call' && value.kind !== 'Name') return [];
  const made = [{ expr: value, fn }, ...valuesOf(program, value, fn)].flatMap((one) =>
    one.expr.kind === 'Call' ? entriesBehind(program, one.expr.func, one.fn) : [],
  );
  return [...entriesBehind(program, value, fn), ...made].flatMap((type) =>
    type.t === 'class' || type.t === 'instance'
      ? (program.hierarchy.member(type.cls, attr)?.method ?? [])
      : [],
  );
}

/** What the tables hold of which an expression is an entry. */
function entriesBehind(program: Program, expr: Expr, fn: FunctionInfo): readonly Type[] {
  return tablesBehind(program, { table: expr, fn, of: null }, 0).flatMap((taken) => {
    const shown = tableEntries(program, taken.table, taken.fn).flatMap((entry) =>
      parts(program.infer.expr(partialOf(entry.expr) ?? entry.expr, entry.fn)),
    );
    return [...shown, ...registeredEntries(program, taken)];
  });
}

function registeredEntries(program: Program, { table, fn, of }: Taken): readonly Type[] {
  const whole = wholeTable(tableOf(table));
  const name = lastName(whole);
  const found = name === null ? null : tableAt(program, whole, fn);
  if (name === null || found === null) return [];
  const holder = of === null || whole.kind !== 'Attribute' ? null : holderOf(program, of, name);
  return registeredIn(program, { ...found, of: found.of ?? holder });
}

/** The tables of which an expression (`table`) is an entry: by itself, by a name for it, by what a loop or another function gives. */
function tablesBehind(program: Program, { table: expr, fn, of }: Taken, depth: number): readonly Taken[] {
  if (depth > MAX_DEPTH) return [];
  switch (expr.kind) {
    case 'Subscript':
      return [{ table: expr.value, fn, of }];
    case 'Call':
      return partialOf(expr) === null ? givenTables(program, expr, { fn, of }, depth) : [];
    case 'Name': {
      const values = valuesOf(program, expr, fn);
      return [
        ...loopsOf(expr, fn).map((table) => ({ table, fn, of })),
        ...values.flatMap((value) =>
          tablesBehind(program, { table: value.expr, fn: value.fn, of }, depth + 1),
        ),
      ];
    }
    default:
      return [];
  }
}

/** `self` and `cls`: whose they are, the call says that runs the method. */
function isOwn(expr: Expr, fn: FunctionInfo): boolean {
  return expr.kind === 'Name' && fn.isMethod && expr.id === fn.params[0]?.name;
}

/** `TABLE.get(key)`, and `handler_for(key)` of a function that takes an entry of one. */
function givenTables(
  program: Program,
  { func }: Extract<Expr, { kind: 'Call' }>,
  { fn, of }: Omit<Taken, 'table'>,
  depth: number,
): readonly Taken[] {
  const callees = parts(program.infer.expr(func, fn)).flatMap((type) =>
    type.t === 'function' ? type.fn : [],
  );
  if (callees.length > 0) {
    const owner = func.kind === 'Attribute' && !isOwn(func.value, fn) ? { expr: func.value, fn } : null;
    return callees.flatMap((callee) =>
      returnValues(callee).flatMap((table) =>
        tablesBehind(program, { table, fn: callee, of: owner ?? of }, depth + 1),
      ),
    );
  }
  const isGet = func.kind === 'Attribute' && /^(get|pop)$/.test(func.attr);
  return isGet ? [{ table: func.value, fn, of }] : [];
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
