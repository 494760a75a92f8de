import { parts } from '../project/index.ts';
import type { ClassInfo, FunctionInfo, Program } from '../project/index.ts';
import { ENTRY_BASES, ENTRY_DECORATORS, ENTRY_METHODS } from '../django/index.ts';
import type { CallGraph } from './call-graph.ts';
import type { EntryKind } from './verdict.ts';

/** What frameworks call: tasks, views, receivers, commands and the like. */
export class EntryPoints {
  readonly #program: Program;
  readonly #graph: CallGraph;
  readonly #known = new Map<FunctionInfo, EntryKind | null>();
  readonly #taskDecorators: ReadonlySet<string>;

  constructor(graph: CallGraph) {
    this.#graph = graph;
    this.#program = graph.program;
    this.#taskDecorators = new Set(graph.program.options.taskDecorators.map((name) => name.split('.').at(-1) ?? name));
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
    if (decorated !== null) return decorated;
    const method = fn.isMethod ? this.#byClass(fn) : null;
    if (method !== null) return method;
    if (this.#graph.isMessageCallback(fn)) return 'consumer';
    const detached = this.#graph.runsDetached(fn);
    if (detached === 'connect') return 'receiver';
    if (detached === 'dispatch' || detached === 'enqueue') return 'task';
    if (detached === 'on_commit' || detached === 'Thread' || detached === 'submit' || detached === 'Timer') return 'thread';
    return fn.cls === null && fn.parent === fn.module.top ? this.#bySignature(fn) : null;
  }

  #byDecorator(fn: FunctionInfo): EntryKind | null {
    for (const name of this.#program.decoratorNames(fn)) {
      const last = name.slice(name.lastIndexOf('.') + 1);
      if (this.#taskDecorators.has(last)) return 'task';
      for (const [pattern, kind] of ENTRY_DECORATORS) if (pattern.test(name)) return kind;
    }
    return null;
  }

  #byClass(fn: FunctionInfo): EntryKind | null {
    return fn.cls === null ? null : this.#methodKind(fn.cls, fn.name);
  }

  /** True when the framework enters the class's method `name` with a request. */
  serves(cls: ClassInfo, name: string): boolean {
    const kind = this.#methodKind(cls, name);
    return kind === 'view' || kind === 'api' || kind === 'graphql';
  }

  #methodKind(cls: ClassInfo, method: string): EntryKind | null {
    const names = this.#program.hierarchy.mro(cls).map((base) => (typeof base === 'string' ? base : base.key));
    for (const [bases, kind] of ENTRY_BASES) {
      if (!names.some((name) => bases.test(name))) continue;
      if (ENTRY_METHODS[kind]?.test(method) ?? true) return kind;
    }
    return null;
  }

  /** Function views: named in a URL table, or `def view(request, ...)` at module level of a module of views. */
  #bySignature(fn: FunctionInfo): EntryKind | null {
    const inUrls = this.#graph.sites.references(fn.name).some((reference) => {
      const name = reference.argumentOf?.func;
      const last = name?.kind === 'Name' ? name.id : name?.kind === 'Attribute' ? name.attr : '';
      return /^(path|re_path|url)$/.test(last) && parts(this.#program.infer.expr(reference.expr, reference.place.fn)).some((type) => type.t === 'function' && type.fn === fn);
    });
    if (inUrls) return 'view';
    if (fn.params[0]?.name !== 'request' || fn.name.startsWith('_')) return null;
    return /(^|[/_])views?([/_]|\.py|$)/.test(fn.path) && this.#graph.callers(fn).length === 0 ? 'view' : null;
  }
}
