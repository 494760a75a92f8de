import {
  type ClassInfo,
  type CallSite,
  type FunctionInfo,
  nameIndex,
  type NameIndex,
  parts,
  type PlaceMemo,
  placeMemo,
  type Program,
  push,
  type Type,
} from '../project/index.ts';
import type { Attribute, Expr } from '../syntax/index.ts';
import { COMMON } from './boundaries.ts';
import { keptFunctions, keptMethods } from './callables.ts';
import { lastName } from './site-table.ts';
import { valuesOf } from './values.ts';

const functionsOf = nameIndex((module): ReadonlyMap<string, readonly FunctionInfo[]> => {
  const out = new Map<string, FunctionInfo[]>();
  for (const fn of module.functions) if (fn.def !== null) push(out, fn.name, fn);
  return out;
});

const calleesOf = placeMemo<readonly FunctionInfo[]>();

/** Finds the functions of the program that a call may run. */
export class Targets {
  readonly #program: Program;
  readonly #callees: PlaceMemo<readonly FunctionInfo[]>;
  readonly #byMethod: NameIndex<FunctionInfo>;

  constructor(program: Program) {
    this.#program = program;
    this.#callees = calleesOf(program);
    this.#byMethod = functionsOf(program);
  }

  of(site: CallSite): readonly FunctionInfo[] {
    const known = this.#callees.get(site.expr);
    if (known !== undefined) return known;
    this.#program.work.calls++;
    const { func } = site.expr;
    const found = new Set<FunctionInfo>(func.kind === 'Attribute' ? this.#above(func, site.place.fn) : []);
    if (found.size > 0) return this.#keep(site.expr, [...found]);
    for (const type of parts(this.#program.infer.expr(func, site.place.fn)))
      for (const fn of this.#behind(type, func, site.place.fn)) found.add(fn);
    if (found.size === 0) for (const fn of keptFunctions(this.#program, func, site.place.fn)) found.add(fn);
    if (found.size === 0 && func.kind === 'Attribute')
      for (const fn of keptMethods(this.#program, func, site.place.fn)) found.add(fn);
    if (found.size === 0 && func.kind === 'Attribute')
      for (const fn of this.#inSubclasses(func, site.place.fn)) found.add(fn);
    if (found.size === 0 && func.kind === 'Attribute')
      for (const fn of this.#byUniqueName(func, site.place.fn)) found.add(fn);
    return this.#keep(site.expr, [...found]);
  }

  #keep(expr: Expr, found: readonly FunctionInfo[]): readonly FunctionInfo[] {
    this.#callees.set(expr, found);
    return found;
  }

  /** `super().step()`: the next class's method, seen from the class itself and from every subclass; never an override below. */
  #above(func: Attribute, fn: FunctionInfo): readonly FunctionInfo[] {
    return parts(this.#program.infer.expr(func.value, fn)).flatMap((type) => {
      if (type.t !== 'super') return [];
      const { hierarchy } = this.#program;
      return [type.cls, ...hierarchy.subclasses(type.cls)].flatMap(
        (cls) => hierarchy.member(cls, func.attr, type.cls)?.method ?? [],
      );
    });
  }

  /** `Service().run()`, and a name for such an instance: no subclass's method runs. */
  #isMade(receiver: Expr, fn: FunctionInfo): boolean {
    const values =
      receiver.kind === 'Call' ? [{ expr: receiver, fn }] : valuesOf(this.#program, receiver, fn);
    return (
      values.length > 0 &&
      values.every(
        ({ expr, fn: home }) =>
          expr.kind === 'Call' &&
          parts(this.#program.infer.expr(expr.func, home)).some(
            (type) => type.t === 'class' && lastName(expr.func) === type.cls.name,
          ),
      )
    );
  }

  #behind(type: Type, func: Expr, caller: FunctionInfo): readonly FunctionInfo[] {
    if (type.t === 'function') {
      const overrides = this.#overrides(type.fn, type.self);
      const exact = overrides.length === 0 || (func.kind === 'Attribute' && this.#isMade(func.value, caller));
      return exact ? [type.fn] : [type.fn, ...overrides];
    }
    if (type.t === 'class') {
      const init = this.#program.hierarchy.member(type.cls, '__init__')?.method;
      return init === null || init === undefined ? [] : [init];
    }
    if (type.t !== 'instance') return [];
    const call = this.#program.hierarchy.member(type.cls, '__call__')?.method;
    return call === null || call === undefined ? [] : [call];
  }

  #overrides(fn: FunctionInfo, self: Type | null): FunctionInfo[] {
    return self === null || fn.cls === null ? [] : this.#ofSubclasses(self, fn.name);
  }

  /** Methods that subclasses have under a name, from whatever base. */
  #ofSubclasses(receiver: Type, name: string): FunctionInfo[] {
    const cls =
      receiver.t === 'instance' || receiver.t === 'class'
        ? receiver.cls
        : receiver.t === 'row' || receiver.t === 'model'
          ? receiver.model.cls
          : null;
    if (cls === null) return [];
    return this.#program.hierarchy
      .subclasses(cls)
      .flatMap((sub) => this.#program.hierarchy.member(sub, name)?.method ?? []);
  }

  /**
   * `self.step()` in a base class or mixin that leaves the method to its subclasses. A name that a package's base class may have
   * says nothing, but for the object of a view, which its class finds itself wherever it has a way to.
   */
  #inSubclasses(func: Attribute, fn: FunctionInfo): readonly FunctionInfo[] {
    if (COMMON.has(func.attr) && func.attr !== 'get_object') return [];
    return parts(this.#program.infer.expr(func.value, fn)).flatMap((receiver) =>
      this.#ofSubclasses(receiver, func.attr),
    );
  }

  /** A method that one class of the program and classes derived from it define, under a name that says something. */
  #byUniqueName(func: Attribute, fn: FunctionInfo): readonly FunctionInfo[] {
    if (COMMON.has(func.attr) || func.attr.length < 6) return [];
    const receiver = this.#program.infer.expr(func.value, fn);
    const ofRows = parts(receiver).every(isForeignManager);
    if (receiver.t !== 'unknown' && !ofRows) return [];
    const methods = this.#byMethod
      .of(func.attr)
      .filter(({ cls }) => cls !== null && (!ofRows || this.#asksRows(cls)));
    return this.#areOfOne(methods) ? methods : [];
  }

  #asksRows(cls: ClassInfo): boolean {
    const kind = this.#program.hierarchy.kind(cls);
    return kind === 'manager' || kind === 'queryset';
  }

  #areOfOne(methods: readonly FunctionInfo[]): boolean {
    const classes = methods.flatMap(({ cls }) => cls ?? []);
    return classes.some((root) => {
      const below = new Set(this.#program.hierarchy.subclasses(root));
      return classes.every((cls) => cls === root || below.has(cls));
    });
  }
}

/** A manager or queryset whose class the program does not hold: what a package makes of a class of the program, most often. */
function isForeignManager(type: Type): boolean {
  return (type.t === 'manager' || type.t === 'queryset') && type.rows.cls === null;
}
