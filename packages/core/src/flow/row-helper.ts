import { type FunctionInfo, type Module, moduleList, parts, type Program } from '../project/index.ts';
import { type Call, dottedName, type Expr, type FunctionDef, type Stmt } from '../syntax/index.ts';
import { BEHIND_ALL } from '../text/index.ts';
import type { FoundLookup } from './find-lookups.ts';
import type { RowHelper } from './fix-facts.ts';

/** A function of the program that gives a row or None, by what its body does. */
interface Shape {
  readonly fn: FunctionInfo;
  /** What it asks: its own queryset, the manager of the model it is given, or the rows it is given. */
  readonly asks: 'self' | 'model' | 'rows';
  /** `get`: rows that are several still raise. `first`: the first one is given. */
  readonly form: 'get' | 'first';
}

/** The helpers of a program, by their text alone: methods may be those of any class. */
const shapesOf = moduleList((module) =>
  module.functions.flatMap((fn) => (fn.def === null ? [] : (shapeOf(fn, fn.def) ?? []))),
);

function shapeOf(fn: FunctionInfo, def: FunctionDef): Shape | null {
  if (def.async || def.generator || def.decorators.length > 0) return null;
  const [subject, ...rest] = def.params;
  const passed = rest.filter(({ star }) => star !== 0);
  if (subject === undefined || subject.star !== 0 || passed.length !== rest.length) return null;
  const keywords = passed.find(({ star }) => star === 2)?.name;
  const asked = keywords === undefined ? null : askedRow(def.body, keywords);
  if (asked === null) return null;
  const owner = dottedName(asked.rows);
  if (fn.isMethod) return owner === subject.name ? { fn, asks: 'self', form: asked.form } : null;
  const asks = owner === subject.name ? 'rows' : owner === null ? null : managerOf(owner, subject.name);
  return fn.parent !== fn.module.top || asks === null ? null : { fn, asks, form: asked.form };
}

/** Finds the project's own `get_or_none`, whatever it is called. */
export class RowHelpers {
  readonly #program: Program;

  constructor(program: Program) {
    this.#program = program;
  }

  /** The helper that can stand in for a lookup; null when the project has none that gives the same row. */
  of(found: FoundLookup): RowHelper | null {
    const { rows, method, form, expr } = found;
    if (rows === null || form !== 'get' || method !== 'get' || expr.kind !== 'Call') return null;
    const fitting = this.#all().filter((shape) => this.#fits(shape, found));
    const best = fitting.find(({ asks }) => asks === 'self') ?? nearest(fitting, found);
    if (best === undefined) return null;
    const { fn, asks, form: gives } = best;
    const bound = parts(this.#program.infer.name(fn.name, found.place.fn.module.top, BEHIND_ALL)).some(
      (type) => type.t === 'function' && type.fn === fn,
    );
    return { name: fn.name, module: fn.module.name, bound, asks, form: gives };
  }

  #all(): readonly Shape[] {
    const { hierarchy } = this.#program;
    return shapesOf(this.#program).filter(({ fn, asks }) => {
      if (asks !== 'self') return true;
      const kind = fn.cls === null ? 'other' : hierarchy.kind(fn.cls);
      return kind === 'manager' || kind === 'queryset';
    });
  }

  #fits({ fn, asks }: Shape, { rows, place }: FoundLookup): boolean {
    if (rows === null || fn === place.fn || fn.name === place.fn.name) return false;
    if (asks === 'self') {
      const { hierarchy } = this.#program;
      const plain = rows.chain.length === 0 || (fn.cls !== null && hierarchy.kind(fn.cls) === 'queryset');
      return plain && rows.cls !== null && hierarchy.member(rows.cls, fn.name)?.method === fn;
    }
    if (rows.cls !== null && place.fn.cls === rows.cls) return false;
    if (asks === 'model') return rows.chain.length === 0 && !rows.related && rows.manager === 'objects';
    return true;
  }
}

/** The helper of the lookup's own file, of a file that it imports from, else of the nearest package. */
function nearest(shapes: readonly Shape[], { place: { fn } }: FoundLookup): Shape | undefined {
  const imported = (name: string): boolean => fn.module.top.scope.bindings.has(name);
  const rank = (shape: Shape): number => {
    if (shape.fn.module === fn.module) return 0;
    if (imported(shape.fn.name)) return 1;
    return shape.fn.module.name.split('.')[0] === fn.module.name.split('.')[0] ? 2 : 3;
  };
  const usable = shapes.filter(
    ({ fn: { module, name } }) =>
      module === fn.module ||
      imported(name) ||
      (rootOf(module) === rootOf(fn.module) && !imports(module.facts.body, fn.module.name)),
  );
  return [...usable].sort((a, b) => rank(a) - rank(b) || (a.fn.key < b.fn.key ? -1 : 1))[0];
}

/** The folder that a module's name starts from: of modules from two of them nobody knows whether one can import the other. */
function rootOf({ path, name }: Module): string {
  return path.slice(0, path.lastIndexOf(name.replaceAll('.', '/')));
}

/** A module that imports the lookup's own cannot be imported there. */
function imports(body: readonly Stmt[], name: string): boolean {
  return body.some(
    (stmt) =>
      (stmt.kind === 'ImportFrom' &&
        (stmt.module === name || stmt.names.some((one) => `${stmt.module}.${one.name}` === name))) ||
      (stmt.kind === 'Import' && stmt.names.some((one) => one.name === name)),
  );
}

function managerOf(owner: string, subject: string): 'model' | null {
  return owner === `${subject}.objects` || owner === `${subject}._default_manager` ? 'model' : null;
}

interface Asked {
  readonly rows: Expr;
  readonly form: Shape['form'];
}

/** `try: return rows.get(**kw)`, `except ...DoesNotExist: return None`; or `return rows.filter(**kw).first()`. */
function askedRow(body: readonly Stmt[], keywords: string): Asked | null {
  const [first, second, third] = body.filter((stmt) => !isDocstring(stmt));
  if (first === undefined || third !== undefined) return null;
  if (first.kind === 'Return' && second === undefined) {
    const rows = first.value === null ? null : firstOf(first.value, keywords);
    return rows === null ? null : { rows, form: 'first' };
  }
  if (first.kind !== 'Try' || first.finalbody.length > 0 || first.orelse.length > 0) return null;
  const [tried, more] = first.body;
  const [handler, other] = first.handlers;
  if (tried?.kind !== 'Return' || more !== undefined || handler === undefined || other !== undefined)
    return null;
  if (!/(?:^|\.)(?:Object)?DoesNotExist$/.test(handler.type === null ? '' : (dottedName(handler.type) ?? '')))
    return null;
  if (!givesNone(handler.body, second)) return null;
  const call = tried.value?.kind === 'Call' ? tried.value : null;
  const rows = call === null ? null : receiverOf(call, 'get', keywords);
  return rows === null ? null : { rows, form: 'get' };
}

function givesNone(body: readonly Stmt[], after: Stmt | undefined): boolean {
  const [only, other] = body;
  if (other !== undefined) return false;
  if (only?.kind === 'Pass') return after === undefined || isNone(after);
  return only !== undefined && isNone(only) && (after === undefined || isNone(after));
}

function isNone(stmt: Stmt): boolean {
  return (
    stmt.kind === 'Return' &&
    (stmt.value === null || (stmt.value.kind === 'Constant' && stmt.value.type === 'none'))
  );
}

function firstOf(value: Expr, keywords: string): Expr | null {
  if (
    value.kind !== 'Call' ||
    value.args.length > 0 ||
    value.func.kind !== 'Attribute' ||
    value.func.attr !== 'first'
  )
    return null;
  return value.func.value.kind === 'Call' ? receiverOf(value.func.value, 'filter', keywords) : null;
}

/** `rows` of `rows.get(*args, **kw)`: everything that is passed on, and nothing else. */
function receiverOf({ func, args }: Call, method: string, keywords: string): Expr | null {
  if (func.kind !== 'Attribute' || func.attr !== method || args.some(({ star }) => star === 0)) return null;
  const passed = args.find(({ star }) => star === 2)?.value;
  return passed?.kind === 'Name' && passed.id === keywords ? func.value : null;
}

function isDocstring(stmt: Stmt): boolean {
  return stmt.kind === 'ExprStmt' && stmt.value.kind === 'Constant' && stmt.value.type === 'str';
}
