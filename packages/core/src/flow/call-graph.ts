import { ENTRY_CALLS } from '../django/index.ts';
import {
  type CallSite,
  type FunctionInfo,
  parts,
  type Place,
  type Program,
  PROPERTY,
  push,
  registers,
  type Type,
} from '../project/index.ts';
import { dottedName, type Expr } from '../syntax/index.ts';
import { isConfiguration, isDetached, isRoute } from './boundaries.ts';
import { handedToQueue } from './handed-to-queue.ts';
import type { Groups } from './site-groups.ts';
import { INDIRECT, SiteIndex } from './site-index.ts';
import { lastName, type Reference } from './site-table.ts';
import { Targets } from './targets.ts';
import type { EntryKind } from './verdict.ts';

/** What is given `callbacks=` for the messages that come in: `Consumer(queues, callbacks=[...])`. */
const RECEIVES = /consum|receiv|subscri|listen/i;

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
  readonly #targets: Targets;
  readonly #calls: Groups<CallSite>;
  readonly #indirect: Groups<CallSite>;
  readonly #references: Groups<Reference>;
  #every: ReadonlyMap<FunctionInfo, readonly CallSite[]> | null = null;
  #named: ReadonlySet<string> | null = null;

  constructor(program: Program) {
    this.program = program;
    this.sites = new SiteIndex(program);
    this.#targets = new Targets(program);
    this.#calls = this.sites.callsBy((site) => this.callees(site));
    this.#indirect = this.sites.indirectBy((site) => this.callees(site));
    this.#references = this.sites.referencesBy(({ expr, place }) =>
      parts(program.infer.expr(expr, place.fn)).flatMap((type) => (type.t === 'function' ? [type.fn] : [])),
    );
  }

  /** The functions that a call may run, overrides in subclasses included. Empty when none of them is in the program. */
  callees(site: CallSite): readonly FunctionInfo[] {
    return this.#targets.of(site);
  }

  /** Every place from which the function is entered and to which its exceptions come back, in an order that names of files do not change. */
  callers(fn: FunctionInfo): readonly CallEdge[] {
    const known = this.#callers.get(fn);
    if (known !== undefined) return known;
    this.#callers.set(fn, []);
    const edges = [
      ...this.#callEdges(fn),
      ...this.#implicitEdges(fn),
      ...this.#propertyEdges(fn),
      ...this.#callbackEdges(fn),
    ];
    this.#callers.set(fn, edges.sort(byName));
    return edges;
  }

  /** Calls under its names; and of values, of entries of tables, of what loops and other calls give: no name leads to those. */
  #callEdges(fn: FunctionInfo): CallEdge[] {
    const named = /^__(init|call)__$/.test(fn.name) ? [...this.#classNames(fn), fn.name, 'cls'] : [fn.name];
    const sites = new Set(named.flatMap((name) => this.#callsOf(name, fn)));
    for (const site of this.#indirect.of(INDIRECT, fn)) sites.add(site);
    return [...sites].map((site) => callEdge(site, this.#receiver(site)));
  }

  /** Names under which instances of a method's class are made. */
  #classNames({ cls }: FunctionInfo): string[] {
    return cls === null
      ? []
      : [...new Set([cls, ...this.program.hierarchy.subclasses(cls)].map(({ name }) => name))];
  }

  /** `with Context():` runs `__enter__`, `for row in Rows():` runs `__iter__`. */
  #implicitEdges(fn: FunctionInfo): CallEdge[] {
    if (!/^__a?(enter|iter)__$/.test(fn.name)) return [];
    const runs = ({ expr, place: { stmt, fn: at } }: CallSite): boolean => {
      const here =
        stmt.kind === 'With'
          ? stmt.items.some((item) => item.context === expr)
          : stmt.kind === 'For' && stmt.iter === expr;
      return (
        here &&
        parts(this.program.infer.expr(expr.func, at)).some(
          (type) => type.t === 'class' && this.program.hierarchy.member(type.cls, fn.name)?.method === fn,
        )
      );
    };
    const sites = this.#classNames(fn).flatMap((name) => this.sites.calls(name).filter(runs));
    return sites.map((site) => callEdge(site, null));
  }

  /** The call sites of a name, and of its other names, that run a function. */
  #callsOf(name: string, fn: FunctionInfo): readonly CallSite[] {
    if (this.program.without.has('names')) return this.#everyCall().get(fn) ?? [];
    return this.sites.names(name).flatMap((one) => this.#calls.of(one, fn));
  }

  /** All calls of the program by the functions that they may run. */
  #everyCall(): ReadonlyMap<FunctionInfo, readonly CallSite[]> {
    if (this.#every !== null) return this.#every;
    const every = new Map<FunctionInfo, CallSite[]>();
    for (const fn of this.program.modules.flatMap(({ functions }) => functions))
      for (const site of this.sites.of(fn))
        if (site.kind === 'call') for (const callee of new Set(this.callees(site))) push(every, callee, site);
    this.#every = every;
    return every;
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
    return this.sites.reads(fn.name).flatMap(({ expr, place }): CallEdge[] => {
      const receiver = this.program.infer.expr(expr.value, place.fn);
      const hit = parts(receiver).some((type) => {
        const owner = type.t === 'row' ? type.model.cls : type.t === 'instance' ? type.cls : null;
        return (
          owner !== null && (lines.has(owner) || this.program.hierarchy.member(owner, fn.name)?.method === fn)
        );
      });
      return hit ? [{ place, expr, kind: 'property', receiver, handed: null }] : [];
    });
  }

  isProperty(fn: FunctionInfo): boolean {
    return this.program.decoratorNames(fn).some((name) => PROPERTY.test(name));
  }

  /**
   * Places inside functions that hand the function on as a value: it may run there. At module level that registers it, and so does
   * a call of what puts it into a table.
   */
  #callbackEdges(fn: FunctionInfo): CallEdge[] {
    return this.references(fn).flatMap((reference): CallEdge[] => {
      const { argumentOf: call, argument, place } = reference;
      if (isDetached(call) || isRoute(call) || place.fn.def === null) return [];
      const callees = this.callees({ kind: 'call', expr: call, place });
      if (callees.some(({ def }) => def !== null && registers(def))) return [];
      if (callees.length === 0 && isConfiguration(call)) return [];
      if (handedToQueue(callees, reference)) return [];
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
        /^(on_message|message_handler|on_message_callback)$/.test(keyword ?? '') ||
        (keyword === 'callbacks' && RECEIVES.test(dottedName(argumentOf.func) ?? ''))
      );
    });
  }

  /** What the function is to something that is given it and runs it elsewhere; null when nothing is. */
  runsDetached(fn: FunctionInfo): EntryKind | null {
    for (const { argumentOf: call } of this.references(fn)) {
      const kind = isDetached(call) ? ENTRY_CALLS.get(lastName(call.func) ?? '') : undefined;
      if (kind !== undefined) return kind;
    }
    for (const reference of this.references(fn)) {
      const { argumentOf: expr, place } = reference;
      if (handedToQueue(this.callees({ kind: 'call', expr, place }), reference)) return 'task';
    }
    return fn.cls === null && this.#isNamedTask(fn) ? 'task' : null;
  }

  /** `async_task("shop.work.ship", order.pk)`: a queue finds the function by its dotted name. */
  #isNamedTask({ name, module }: FunctionInfo): boolean {
    this.#named ??= this.#namedTasks();
    if (this.#named.size === 0) return false;
    const steps = module.name.split('.');
    return steps.some((_, at) => this.#named?.has([...steps.slice(at), name].join('.')));
  }

  #namedTasks(): ReadonlySet<string> {
    const first = BY_NAME.flatMap((queue) => this.sites.calls(queue)).map(({ expr }) => expr.args[0]?.value);
    return new Set(
      first.flatMap((value) => (value?.kind === 'Constant' && value.type === 'str' ? [value.value] : [])),
    );
  }

  /** The places that hand the function on as a value, by its own name. A property's name stands for what it gives. */
  references(fn: FunctionInfo): readonly Reference[] {
    if (this.isProperty(fn)) return [];
    return this.sites.names(fn.name).flatMap((name) => this.#references.of(name, fn));
  }
}

/** Calls of queues that take the function's dotted name: django-q, and others alike. */
const BY_NAME = ['async_task', 'schedule', 'enqueue', 'enqueue_in', 'enqueue_at', 'add_job', 'send_task'];

function callEdge({ place, expr }: CallSite, receiver: Type | null): CallEdge {
  return { place, expr, kind: 'call', receiver, handed: null };
}

function byName(a: CallEdge, b: CallEdge): number {
  const [left, right] = [a.place.fn, b.place.fn];
  if (left.qualname !== right.qualname) return left.qualname < right.qualname ? -1 : 1;
  return a.expr.start - b.expr.start || (left.path < right.path ? -1 : left.path > right.path ? 1 : 0);
}
