import { ENTRY_BASES, ENTRY_DECORATORS, ENTRY_METHODS } from '../django/index.ts';
import type { ClassInfo, FunctionInfo, Program } from '../project/index.ts';
import type { Binding } from '../scope/index.ts';
import type { Call } from '../syntax/index.ts';
import { isAdminAction, isOfAdmin, namesMethod } from './admin-tables.ts';
import { isRoute } from './boundaries.ts';
import type { CallGraph } from './call-graph.ts';
import { EntryBases, isMiddlewareClass } from './entry-bases.ts';
import { djangoHook } from './django-hooks.ts';
import { mayAskForObject } from './entry-hooks.ts';
import { lastName, type Reference } from './site-table.ts';
import { makesTask } from './task-makers.ts';
import { outsideTests } from './test-code.ts';
import type { EntryKind } from './verdict.ts';

/** What frameworks call: tasks, views, receivers, commands and the like. */
export class EntryPoints {
  readonly #program: Program;
  readonly #graph: CallGraph;
  readonly #known = new Map<FunctionInfo, EntryKind | null>();
  readonly #taskDecorators: ReadonlySet<string>;
  readonly #bases: EntryBases;

  constructor(graph: CallGraph) {
    this.#graph = graph;
    this.#program = graph.program;
    this.#bases = new EntryBases(graph.program);
    this.#taskDecorators = new Set(
      graph.program.options.taskDecorators.map((name) => name.split('.').at(-1) ?? name),
    );
  }

  /** The kind of entry point that a function is; null for one that only its callers run. */
  of(fn: FunctionInfo): EntryKind | null {
    const known = this.#known.get(fn);
    if (known !== undefined) return known;
    this.#known.set(fn, null);
    const kind = this.#classify(fn);
    this.#known.set(fn, kind);
    return kind;
  }

  #classify(fn: FunctionInfo): EntryKind | null {
    if (fn.def === null) return 'script';
    const decorated = this.#byDecorator(fn);
    const method = fn.isMethod ? this.#byClass(fn) : null;
    // `@login_required` of a resolver: GraphQL has decorators of the same names.
    if (decorated !== null && !(decorated === 'view' && method === 'graphql')) return decorated;
    if (method !== null) return method;
    if (this.#graph.isMessageCallback(fn)) return 'consumer';
    const detached = this.#graph.runsDetached(fn);
    if (detached !== null) return detached;
    if (this.#graph.references(fn).some(({ argumentOf }) => asksOfRequests(argumentOf))) return 'view';
    if (djangoHook(this.#graph, fn) !== null) return 'hook';
    if (fn.cls !== null) return null;
    if (fn.parent?.def !== null) return isMiddleware(fn) ? 'middleware' : null;
    return this.#bySignature(fn);
  }

  #byDecorator(fn: FunctionInfo): EntryKind | null {
    for (const name of this.#program.decoratorNames(fn)) {
      const last = name.slice(name.lastIndexOf('.') + 1);
      if (this.#taskDecorators.has(last)) return 'task';
      for (const [pattern, kind] of ENTRY_DECORATORS) if (pattern.test(name)) return kind;
    }
    return (fn.def?.decorators ?? []).some((decorator) => makesTask(this.#program, decorator, fn))
      ? 'task'
      : null;
  }

  #byClass(fn: FunctionInfo): EntryKind | null {
    const cls = fn.cls;
    if (cls === null) return null;
    const kind = this.#methodKind(cls, fn.name);
    if (isOfAdmin(cls, fn.name, kind)) return 'admin';
    if (kind !== null) return kind;
    if (isSignalled(fn)) return 'receiver';
    if (isMiddlewareClass(cls) && ENTRY_METHODS.middleware?.test(fn.name) === true) return 'middleware';
    if (this.serves(cls, 'dispatch') && this.#isAction(fn)) return 'api';
    if (isFieldMethod(cls, fn.name)) return 'serializer';
    if (this.#isRouted(fn)) return 'view';
    const bases = this.#program.hierarchy.mro(cls);
    if (bases.some((base) => typeof base === 'string' && base.startsWith('channels.')))
      return isChannelHandler(fn) && !this.#isCalled(fn) ? 'consumer' : null;
    const named = bases.some((base) => typeof base !== 'string' && namesMethod(base, ADMIN_TABLES, fn.name));
    return named && bases.some((base) => typeof base === 'string' && ADMIN_BASE.test(base)) ? 'admin' : null;
  }

  /** A helper of the program's own code: Channels takes only what nobody calls for what it is sent. */
  #isCalled(fn: FunctionInfo): boolean {
    return outsideTests(this.#graph.callers(fn), fn.path).length > 0;
  }

  /** `def leave(self, request, ...)` of a view set: routed by a table that names it in a string, `as_view({"post": "leave"})`. */
  #isAction(fn: FunctionInfo): boolean {
    return (
      !fn.name.startsWith('_') && fn.params[1]?.name === 'request' && this.#graph.callers(fn).length === 0
    );
  }

  /** `def move(self, request, ...)` that a URL table of its class names: `path("move/", wrap(self.move))` in `get_urls`. */
  #isRouted(fn: FunctionInfo): boolean {
    return (
      fn.params[1]?.name === 'request' &&
      this.#graph.references(fn).some((reference) => this.#inUrlTable(reference))
    );
  }

  /** True when the framework enters the class's method `name` with a request. */
  serves(cls: ClassInfo, name: string): boolean {
    const kind = this.#methodKind(cls, name);
    return kind === 'view' || kind === 'api' || kind === 'graphql';
  }

  #methodKind(cls: ClassInfo, method: string): EntryKind | null {
    const names = this.#bases.of(cls);
    let served = false;
    for (const [bases, kind, entered] of ENTRY_BASES) {
      if (!names.some((name) => bases.test(name))) continue;
      // `SerializerMixin` of a view set is a mixin that finds serializers.
      if (kind === 'serializer' && served) continue;
      served ||= kind === 'api';
      if (method === 'get_object' && !mayAskForObject(this.#program, cls)) return null;
      if ((entered ?? ENTRY_METHODS[kind])?.test(method) ?? true) return kind;
    }
    return null;
  }

  /** Function views: named in a URL table, or `def view(request, ...)` at module level of a module of views. */
  #bySignature(fn: FunctionInfo): EntryKind | null {
    if (this.#graph.references(fn).some((reference) => this.#inUrlTable(reference))) return 'view';
    if (isAdminAction(fn)) return 'admin';
    if (fn.params[0]?.name !== 'request' || fn.name.startsWith('_')) return null;
    return /(^|[/_])views?([/_]|\.py|$)/.test(fn.path) && this.#graph.callers(fn).length === 0
      ? 'view'
      : null;
  }

  /** `path("x/", view)`, and `path("x/", decorator(view))`. */
  #inUrlTable({ expr, place, argumentOf }: Reference): boolean {
    if (isRoute(argumentOf)) return true;
    if (place.fn.def !== null && place.fn.name !== 'get_urls') return false;
    return this.#graph.sites
      .of(place.fn)
      .some(
        (site) =>
          site.kind === 'call' &&
          isRoute(site.expr) &&
          site.expr.start <= expr.start &&
          expr.end <= site.expr.end,
      );
  }
}

/** `@last_modified(changed_at)`: Django calls what it is given with each request. */
function asksOfRequests({ func }: Call): boolean {
  return /^(last_modified|etag|condition|user_passes_test)$/.test(lastName(func) ?? '');
}

/** Admin classes of Django, and of packages that have one. */
const ADMIN_BASE = /^django\.contrib\.admin\.|Admin$/;

/** Attributes of an admin class whose strings name methods that the admin runs. */
const ADMIN_TABLES = /^(actions|list_display|readonly_fields)$/;

/** True when a field of the class names the method that it runs: `CharFilter(method="by_owner")`, `SerializerMethodField(method_name=...)`. */
function isFieldMethod(cls: ClassInfo, name: string): boolean {
  const names = ({ source }: Binding): boolean =>
    source.kind === 'assign' &&
    source.value?.kind === 'Call' &&
    source.value.args.some(
      (arg) =>
        (arg.name === 'method' || arg.name === 'method_name') &&
        arg.value.kind === 'Constant' &&
        arg.value.value === name,
    );
  for (const bindings of cls.bodyScope.scope.bindings.values()) if (bindings.some(names)) return true;
  return false;
}

/** A method that a channel layer calls by the message's `type`. */
function isChannelHandler(fn: FunctionInfo): boolean {
  return (
    !fn.name.startsWith('_') &&
    fn.params.length === 2 &&
    /^(event|message|msg)$/.test(fn.params[1]?.name ?? '')
  );
}

/** `def middleware(request)` inside `def some_middleware(get_response)`. */
function isMiddleware(fn: FunctionInfo): boolean {
  return fn.parent?.params[0]?.name === 'get_response' && fn.params[0]?.name === 'request';
}

/** `def __call__(self, sender, **kwargs)`: an object of the class is connected to a signal. */
function isSignalled({ name, params }: FunctionInfo): boolean {
  return name === '__call__' && params[1]?.name === 'sender' && params.at(-1)?.star === 2;
}
