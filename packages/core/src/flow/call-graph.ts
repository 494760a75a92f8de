import { ENTRY_CALLS } from '../django/index.ts';
import { type FunctionInfo, parts, type Program, PROPERTY, type Type } from '../project/index.ts';
import type { Attribute, Expr } from '../syntax/index.ts';
import { COMMON, isDetached, isRoute } from './boundaries.ts';
import { keptFunctions } from './callables.ts';
import { type CallSite, grouped, lastName, type Reference, SiteIndex } from './site-index.ts';
import type { Place } from './sites.ts';
import type { EntryKind } from './verdict.ts';

/** One way into a function. */
export interface CallEdge {
  readonly place: Place;
  readonly expr: Expr;
  readonly kind: 'call' | 'property' | 'callback';
  /** Type of the receiver for bound calls: names the model behind a manager's `self`. */
  readonly receiver: Type | null;
  /** The argument that hands the function on, for callbacks. */
  readonly handed: Expr | null;
}

/** Who calls whom, answered on demand. */
export class CallGraph {
  readonly program: Program;
  readonly sites: SiteIndex;
  readonly #callers = new Map<FunctionInfo, readonly CallEdge[]>();
  readonly #callees = new WeakMap<Expr, readonly FunctionInfo[]>();
  readonly #callsByName = new Map<string, Map<FunctionInfo, CallSite[]>>();
  readonly #referencesByName = new Map<string, Map<FunctionInfo, Reference[]>>();
  readonly #byMethod = new Map<string, FunctionInfo[]>();

  constructor(program: Program) {
    this.program = program;
    this.sites = new SiteIndex(program);
    for (const fn of program.functions) {
      if (fn.def === null) continue;
      const list = this.#byMethod.get(fn.name);
      if (list === undefined) this.#byMethod.set(fn.name, [fn]);
      else list.push(fn);
    }
  }

  /** Functions of the program by bare name. */
  named(name: string): readonly FunctionInfo[] {
    return this.#byMethod.get(name) ?? [];
  }

  /** The functions that a call may run, overrides in subclasses included. Empty when none of them is in the program. */
  callees(site: CallSite): readonly FunctionInfo[] {
    const known = this.#callees.get(site.expr);
    if (known !== undefined) return known;
    const { func } = site.expr;
    const found = new Set<FunctionInfo>();
    for (const type of parts(this.program.infer.expr(func, site.place.fn)))
      for (const fn of this.#targets(type)) found.add(fn);
    if (found.size === 0) for (const fn of keptFunctions(this.program, func, site.place.fn)) found.add(fn);
    if (found.size === 0 && func.kind === 'Attribute')
      for (const fn of this.#inSubclasses(func, site.place.fn)) found.add(fn);
    if (found.size === 0 && func.kind === 'Attribute')
      for (const fn of this.#byUniqueName(func, site.place.fn)) found.add(fn);
    const list = [...found];
    this.#callees.set(site.expr, list);
    return list;
  }

  #targets(type: Type): readonly FunctionInfo[] {
    if (type.t === 'function') return [type.fn, ...this.#overrides(type.fn, type.self)];
    if (type.t === 'class') {
      const init = this.program.hierarchy.member(type.cls, '__init__')?.method;
      return init === null || init === undefined ? [] : [init];
    }
    return [];
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
    return this.program.hierarchy
      .subclasses(cls)
      .flatMap((sub) => this.program.hierarchy.member(sub, name)?.method ?? []);
  }

  /** `self.step()` in a base class or mixin that leaves the method to its subclasses. A name that a package's base class may have says nothing. */
  #inSubclasses(func: Attribute, fn: FunctionInfo): readonly FunctionInfo[] {
    if (COMMON.has(func.attr)) return [];
    return parts(this.program.infer.expr(func.value, fn)).flatMap((receiver) =>
      this.#ofSubclasses(receiver, func.attr),
    );
  }

  /** A method that one class of the program defines, under a name that says something. */
  #byUniqueName(func: Attribute, fn: FunctionInfo): readonly FunctionInfo[] {
    if (COMMON.has(func.attr) || func.attr.length < 6) return [];
    const receiver = this.program.infer.expr(func.value, fn);
    if (receiver.t !== 'unknown') return [];
    const methods = (this.#byMethod.get(func.attr) ?? []).filter((candidate) => candidate.cls !== null);
    return methods.length === 1 ? methods : [];
  }

  /** Every place from which the function is entered and to which its exceptions come back, in an order that names of files do not change. */
  callers(fn: FunctionInfo): readonly CallEdge[] {
    const known = this.#callers.get(fn);
    if (known !== undefined) return known;
    this.#callers.set(fn, []);
    const edges = [
      ...this.#callEdges(fn),
      ...this.#indirectEdges(fn),
      ...this.#propertyEdges(fn),
      ...this.#callbackEdges(fn),
    ];
    this.#callers.set(fn, edges.sort(byName));
    return edges;
  }

  #callEdges(fn: FunctionInfo): CallEdge[] {
    const names = fn.name === '__init__' && fn.cls !== null ? [fn.cls.name, '__init__', 'cls'] : [fn.name];
    const sites = names.flatMap((name) => this.#callsOf(name).get(fn) ?? []);
    return sites.map((site) => ({
      place: site.place,
      expr: site.expr,
      kind: 'call',
      receiver: this.#receiver(site),
      handed: null,
    }));
  }

  /** Calls of what a table or a loop gives: no name leads to them. */
  #indirectEdges(fn: FunctionInfo): CallEdge[] {
    const all = grouped(
      this.#callsByName,
      '',
      () => this.sites.indirect,
      (site) => this.callees(site),
    );
    const named = this.#callsOf(fn.name).get(fn) ?? [];
    const sites = (all.get(fn) ?? []).filter((site) => !named.includes(site));
    return sites.map(({ place, expr }) => ({ place, expr, kind: 'call', receiver: null, handed: null }));
  }

  /** The call sites of a name by the function they run: resolved once a name, however many functions share it. */
  #callsOf(name: string): ReadonlyMap<FunctionInfo, readonly CallSite[]> {
    return grouped(
      this.#callsByName,
      name,
      () => this.sites.calls(name),
      (site) => this.callees(site),
    );
  }

  /** The places that hand a name on, by the function it stands for there. */
  #referencesOf(name: string): ReadonlyMap<FunctionInfo, readonly Reference[]> {
    return grouped(
      this.#referencesByName,
      name,
      () => this.sites.references(name),
      ({ expr, place }) =>
        parts(this.program.infer.expr(expr, place.fn)).flatMap((type) =>
          type.t === 'function' ? [type.fn] : [],
        ),
    );
  }

  #receiver(site: CallSite): Type | null {
    return site.expr.func.kind === 'Attribute'
      ? this.program.infer.expr(site.expr.func.value, site.place.fn)
      : null;
  }

  #propertyEdges(fn: FunctionInfo): CallEdge[] {
    const cls = fn.cls;
    if (cls === null || !this.isProperty(fn)) return [];
    const lines = new Set([cls, ...this.program.hierarchy.subclasses(cls)]);
    return this.sites.attributes(fn.name).flatMap((site): CallEdge[] => {
      const receiver = this.program.infer.expr(site.expr.value, site.place.fn);
      const hit = parts(receiver).some((type) => {
        const owner = type.t === 'row' ? type.model.cls : type.t === 'instance' ? type.cls : null;
        return (
          owner !== null && (lines.has(owner) || this.program.hierarchy.member(owner, fn.name)?.method === fn)
        );
      });
      return hit ? [{ place: site.place, expr: site.expr, kind: 'property', receiver, handed: null }] : [];
    });
  }

  isProperty(fn: FunctionInfo): boolean {
    return this.program.decoratorNames(fn).some((name) => PROPERTY.test(name));
  }

  /** Places inside functions that hand the function on as a value: it may run there. At module level that registers it. */
  #callbackEdges(fn: FunctionInfo): CallEdge[] {
    return this.references(fn).flatMap(({ argumentOf: call, argument, place }): CallEdge[] => {
      if (isDetached(call) || isRoute(call) || place.fn.def === null) return [];
      return [{ place, expr: call, kind: 'callback', receiver: null, handed: argument }];
    });
  }

  /** `Consumer(queues, callbacks=[self.on_message])`: run for every message. */
  isMessageCallback(fn: FunctionInfo): boolean {
    return this.references(fn).some(({ expr, argumentOf }) => {
      const keyword = argumentOf.args.find(
        (arg) =>
          arg.value === expr ||
          ((arg.value.kind === 'List' || arg.value.kind === 'Tuple') && arg.value.elts.includes(expr)),
      )?.name;
      return (
        keyword !== undefined &&
        keyword !== null &&
        /^(callbacks|on_message|message_handler|on_message_callback)$/.test(keyword)
      );
    });
  }

  /** What the function is to something that is given it and runs it elsewhere; null when nothing is. */
  runsDetached(fn: FunctionInfo): EntryKind | null {
    for (const { argumentOf: call } of this.references(fn)) {
      const kind = isDetached(call) ? ENTRY_CALLS.get(lastName(call.func) ?? '') : undefined;
      if (kind !== undefined) return kind;
    }
    return null;
  }

  /** The places that hand the function on as a value, by its own name. */
  references(fn: FunctionInfo): readonly Reference[] {
    return this.#referencesOf(fn.name).get(fn) ?? [];
  }
}

function byName(a: CallEdge, b: CallEdge): number {
  const [left, right] = [a.place.fn, b.place.fn];
  if (left.qualname !== right.qualname) return left.qualname < right.qualname ? -1 : 1;
  return a.expr.start - b.expr.start || (left.path < right.path ? -1 : left.path > right.path ? 1 : 0);
}
