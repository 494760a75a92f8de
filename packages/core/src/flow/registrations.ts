import {
  argumentFor,
  ClassInfo,
  type FunctionInfo,
  functionSites,
  givenTo,
  nameIndex,
  parts,
  placeMemo,
  type Program,
  push,
  type Put,
  puts,
  type Type,
  wholeTable,
} from '../project/index.ts';
import { type Expr, walkExpr } from '../syntax/index.ts';
import { isBound } from './bound.ts';
import { partialOf } from './partials.ts';
import { lastName } from './site-table.ts';
import { holderOf, mayBeSame, type Owner, type Table, tableAt } from './tables.ts';

/** Something that a table is filled with elsewhere. */
interface Registered {
  readonly table: Table;
  readonly type: Type;
}

/** A function or class with one of its decorators. */
interface Decorated {
  readonly decorator: Expr;
  readonly entity: FunctionInfo | ClassInfo;
  /** Where the decorator's names are read. */
  readonly at: FunctionInfo;
}

const decoratedBy = nameIndex((module): ReadonlyMap<string, readonly Decorated[]> => {
  const out = new Map<string, Decorated[]>();
  const note = (entity: FunctionInfo | ClassInfo, at: FunctionInfo): void => {
    for (const decorator of entity.def?.decorators ?? []) {
      const name = lastName(decorator.kind === 'Call' ? decorator.func : decorator);
      if (name !== null) push(out, name, { decorator, entity, at });
    }
  };
  for (const fn of module.functions) note(fn, fn.parent ?? module.top);
  for (const cls of module.classes) note(cls, cls.outer);
  return out;
});

const registeredOf = placeMemo<readonly Registered[]>();

/**
 * The functions, classes and instances that code elsewhere puts into a table: by its name, or through a function that puts there
 * what it is called with or what it decorates.
 */
export function registeredIn(program: Program, table: Table): readonly Type[] {
  const all = puts(program).of(table.keys[0]?.split('.').at(-1) ?? '');
  const memo = registeredOf(program);
  const known = memo.get(all) ?? all.flatMap((put) => registeredBy(program, put));
  memo.set(all, known);
  return known.flatMap((one) => (mayBeSame(one.table, table) ? [one.type] : []));
}

function registeredBy(program: Program, put: Put): readonly Registered[] {
  const table = tableAt(program, put.table, put.fn);
  if (table === null) return [];
  const taker = put.value.kind === 'Name' ? givenTo(put.value.id, put.fn) : null;
  if (taker === null) return entities(program, put.value, put.fn).map((type) => ({ table, type }));
  const index = taker.params.findIndex(({ name }) => put.value.kind === 'Name' && name === put.value.id);
  const whole = wholeTable(put.table);
  const attr = whole.kind === 'Attribute' ? whole.attr : null;
  return [
    ...derived(program, taker, index),
    ...decorations(program, taker, index),
    ...handedTo(program, taker, index),
  ].map(({ type, of }) => ({
    table: { ...table, of: table.of ?? (of === null || attr === null ? null : holderOf(program, of, attr)) },
    type,
  }));
}

/** What a function was given to register, and whose method that was. */
interface Given {
  readonly type: Type;
  readonly of: Owner | null;
}

/** The classes that Python gives `__init_subclass__` one by one. */
function derived(program: Program, taker: FunctionInfo, index: number): readonly Given[] {
  if (index !== 0 || taker.name !== '__init_subclass__' || taker.cls === null) return [];
  return program.hierarchy.subclasses(taker.cls).map((cls) => ({ type: program.classOf(cls), of: null }));
}

/** What a function decorates: itself, or as what the function around it gives. */
function decorations(program: Program, taker: FunctionInfo, index: number): readonly Given[] {
  if (index !== (isBound(taker) ? 1 : 0)) return [];
  const around = taker.parent?.def == null ? null : taker.parent;
  if (around !== null && !gives(around, taker)) return [];
  const maker = around ?? taker;
  return decoratedBy(program)
    .of(maker.name)
    .flatMap(({ decorator, entity, at }): Given[] => {
      const called = decorator.kind === 'Call' ? decorator.func : null;
      const name = around === null ? decorator : called;
      if (name === null || !runs(program, name, at, maker)) return [];
      return [{ type: typeOf(program, entity), of: receiverOf(name, at) }];
    });
}

/** True for a function that gives the one inside it, itself or in a call: a decorator's maker. */
function gives(fn: FunctionInfo, inner: FunctionInfo): boolean {
  let found = false;
  for (const { value } of functionSites(fn).returns)
    if (value !== null)
      walkExpr(value, (part) => {
        found ||= part.kind === 'Name' && part.id === inner.name;
      });
  return found;
}

/** What a function is called with, where modules are loaded and where an app gets ready. */
function handedTo(program: Program, taker: FunctionInfo, index: number): readonly Given[] {
  const param = taker.params[index];
  if (param === undefined) return [];
  return program.calls.of(taker.name).flatMap(({ expr, place: { fn } }): Given[] => {
    if ((fn.def !== null && fn.name !== 'ready') || !runs(program, expr.func, fn, taker)) return [];
    const value = argumentFor(expr, param, index - (isBound(taker) ? 1 : 0));
    if (value === null) return [];
    const of = receiverOf(expr.func, fn);
    return entities(program, value, fn).map((type) => ({ type, of }));
  });
}

function runs(program: Program, func: Expr, fn: FunctionInfo, wanted: FunctionInfo): boolean {
  return parts(program.infer.expr(func, fn)).some((type) => type.t === 'function' && type.fn === wanted);
}

function receiverOf(func: Expr, fn: FunctionInfo): Owner | null {
  return func.kind === 'Attribute' ? { expr: func.value, fn } : null;
}

function typeOf(program: Program, entity: FunctionInfo | ClassInfo): Type {
  return entity instanceof ClassInfo ? program.classOf(entity) : { t: 'function', fn: entity, self: null };
}

function entities(program: Program, value: Expr, fn: FunctionInfo): readonly Type[] {
  return parts(program.infer.expr(partialOf(value) ?? value, fn)).filter(
    ({ t }) => t === 'function' || t === 'class' || t === 'instance',
  );
}
