import { type ClassInfo, type FunctionInfo, parts, type Program, sitesOf } from '../project/index.ts';
import { dottedName } from '../syntax/index.ts';
import { apiAnswer } from './api-handlers.ts';
import type { CallGraph } from './call-graph.ts';
import { exceptionKey } from './exception-text.ts';
import { matches } from './exception-matches.ts';
import { type ExceptionRef, resolveExceptions } from './exceptions.ts';
import { oneDecorator } from './decorators.ts';
import { frameworkAnswer } from './framework-answers.ts';
import type { Propagation } from './propagate.ts';
import { type SettingsAnswers, settingsAnswers } from './settings-answers.ts';
import { taskBases } from './task-bases.ts';
import type { EntryKind, Guard } from './verdict.ts';
import { isDeclared } from './wrappers.ts';

/** What a class or a setting of the program makes of an exception that leaves an entry point. */
export interface BaseAnswer {
  readonly guard: Guard;
  readonly contained: boolean;
}

/** Methods that get every exception of an entry point's class as an argument. */
const EXCEPTION_METHODS = ['handle_exception', 'handle_exception_with_details'];

/** Methods that run the entry point's own method, and may stand in a `try` for it. */
const DISPATCHERS = ['dispatch', '__call__', 'run'];
const COMMAND_DISPATCHERS = ['execute', 'run_from_argv'];

/** Reads what stands between entry points and their framework: `handle_exception`, `dispatch` with a handler, settings. */
export class BaseAnswers {
  readonly #program: Program;
  readonly #graph: CallGraph;
  readonly #propagation: Propagation;
  readonly #known = new Map<string, BaseAnswer | null>();
  readonly #bySettings = new Map<string, BaseAnswer | null>();
  #settings: SettingsAnswers | null = null;

  constructor(graph: CallGraph, propagation: Propagation) {
    this.#program = graph.program;
    this.#graph = graph;
    this.#propagation = propagation;
  }

  /** Who answers an exception that leaves the entry point `fn`; null when it reaches the framework. */
  of(fn: FunctionInfo, kind: EntryKind, thrown: ExceptionRef): BaseAnswer | null {
    const key = `${fn.cls?.key ?? fn.key} ${kind} ${fn.name} ${exceptionKey(thrown)}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const framework = thrown.kind === 'missing' ? frameworkAnswer(this.#program, fn, kind) : null;
    const answer =
      (framework === null ? null : { guard: guardAt('framework', fn, framework), contained: false }) ??
      this.#ofClass(fn, kind, thrown) ??
      this.#ofTaskBase(fn, kind, thrown) ??
      this.#ofApi(fn, kind, thrown) ??
      this.#ofSettings(kind, thrown);
    this.#known.set(key, answer);
    return answer;
  }

  #ofClass(fn: FunctionInfo, kind: EntryKind, thrown: ExceptionRef): BaseAnswer | null {
    if (fn.cls === null) return null;
    const bases = this.#program.hierarchy
      .mro(fn.cls)
      .map((base) => (typeof base === 'string' ? base : base.key));
    if (isDeclared(this.#program, bases)) {
      const detail = `a base class of \`${fn.cls.name}\`, as configured`;
      return {
        guard: { kind: 'declared', path: fn.path, span: fn.cls.def.nameSpan, detail },
        contained: false,
      };
    }
    for (const name of EXCEPTION_METHODS) {
      const method = this.#program.hierarchy.member(fn.cls, name)?.method;
      if (method === null || method === undefined || method === fn || !this.#testsFor(method, thrown))
        continue;
      return { guard: guardAt('base-class', method, `\`${method.qualname}\``), contained: false };
    }
    const own = kind === 'api' ? this.#ofOwnHandler(fn.cls, thrown) : null;
    const dispatchers = kind === 'command' ? [...DISPATCHERS, ...COMMAND_DISPATCHERS] : DISPATCHERS;
    return (
      own ??
      this.#ofDispatchers(fn.cls, dispatchers, fn, thrown) ??
      this.#ofClassDecorators(fn, fn.cls, thrown)
    );
  }

  /** `get_exception_handler` of Django REST framework: what the view has instead of the settings' `EXCEPTION_HANDLER`. */
  #ofOwnHandler(cls: ClassInfo, thrown: ExceptionRef): BaseAnswer | null {
    const method = this.#program.hierarchy.member(cls, 'get_exception_handler')?.method ?? null;
    const handlers = method === null ? [] : parts(this.#program.infer.returns(method));
    for (const type of handlers)
      if (type.t === 'function' && this.#testsFor(type.fn, thrown))
        return { guard: guardAt('base-class', type.fn, `\`${type.fn.qualname}\``), contained: false };
    return null;
  }

  #ofDispatchers(
    cls: ClassInfo,
    names: readonly string[],
    fn: FunctionInfo,
    thrown: ExceptionRef,
  ): BaseAnswer | null {
    for (const name of names) {
      const method = this.#program.hierarchy.member(cls, name)?.method;
      const answer =
        method === null || method === undefined || method === fn ? null : this.#ofDispatcher(method, thrown);
      if (answer !== null) return answer;
    }
    return null;
  }

  /** `@task(base=Quiet)`: the function becomes the `run` of that class. */
  #ofTaskBase(fn: FunctionInfo, kind: EntryKind, thrown: ExceptionRef): BaseAnswer | null {
    if (kind !== 'task' || fn.cls !== null) return null;
    for (const cls of taskBases(this.#program, fn)) {
      const answer = this.#ofDispatchers(cls, DISPATCHERS, fn, thrown);
      if (answer !== null) return answer;
    }
    return null;
  }

  /** `@method_decorator(decorator, name="dispatch")` on the class or a base. */
  #ofClassDecorators(fn: FunctionInfo, cls: ClassInfo, thrown: ExceptionRef): BaseAnswer | null {
    for (const base of this.#program.hierarchy.mro(cls)) {
      if (typeof base === 'string') continue;
      for (const decorator of base.def.decorators) {
        const name =
          decorator.kind === 'Call' ? decorator.args.find((arg) => arg.name === 'name')?.value : undefined;
        if (name?.kind !== 'Constant' || (name.value !== 'dispatch' && name.value !== fn.name)) continue;
        const answer = oneDecorator(this.#propagation.wrappers, decorator, base.outer, thrown);
        if (answer === null) continue;
        const guard: Guard = {
          kind: 'decorator',
          path: base.module.path,
          span: decorator,
          detail: answer.detail,
        };
        return { guard, contained: answer.contained };
      }
    }
    return null;
  }

  /** A function that an API object serves, under the handlers that the program registers with it. */
  #ofApi(fn: FunctionInfo, kind: EntryKind, thrown: ExceptionRef): BaseAnswer | null {
    const registered = kind === 'api' ? apiAnswer(this.#program, fn, thrown) : null;
    if (registered === null) return null;
    const detail = `\`${dottedName(registered.call.func) ?? ''}\``;
    const guard: Guard = { kind: 'framework', path: registered.fn.path, span: registered.call, detail };
    return { guard, contained: false };
  }

  /**
   * What the settings put around every entry point of a kind: the same for each of them. GraphQL answers before a middleware is asked;
   * a serializer works for API views.
   */
  #ofSettings(kind: EntryKind, thrown: ExceptionRef): BaseAnswer | null {
    if (kind !== 'api' && kind !== 'view' && kind !== 'serializer') return null;
    const key = `${kind} ${exceptionKey(thrown)}`;
    const known = this.#bySettings.get(key);
    if (known !== undefined) return known;
    const answer = this.#findInSettings(kind, thrown);
    this.#bySettings.set(key, answer);
    return answer;
  }

  #findInSettings(kind: EntryKind, thrown: ExceptionRef): BaseAnswer | null {
    this.#settings ??= settingsAnswers(this.#program);
    for (const method of kind === 'view' ? [] : this.#settings.apiHandlers) {
      if (this.#testsFor(method, thrown))
        return {
          guard: guardAt('framework', method, `\`EXCEPTION_HANDLER\` \`${method.qualname}\``),
          contained: false,
        };
    }
    for (const method of kind === 'serializer' ? [] : this.#settings.middleware) {
      if (this.#testsFor(method, thrown))
        return { guard: guardAt('framework', method, `\`${method.qualname}\``), contained: false };
    }
    return null;
  }

  /** True when a function that is given exceptions asks for this one, itself or in a function that it hands it to. */
  #testsFor(fn: FunctionInfo, thrown: ExceptionRef, depth = 0): boolean {
    if (testsFor(this.#program, fn, thrown)) return true;
    const params = new Set(fn.params.map((param) => param.name));
    return (
      depth < 2 &&
      this.#graph.sites.of(fn).some((site) => {
        if (
          site.kind !== 'call' ||
          !site.expr.args.some(({ value }) => value.kind === 'Name' && params.has(value.id))
        )
          return false;
        return this.#graph
          .callees(site)
          .some((callee) => callee !== fn && this.#testsFor(callee, thrown, depth + 1));
      })
    );
  }

  /** A handler around the call that goes on to the method: one that passes its own arguments on, or `super().dispatch(...)`. */
  #ofDispatcher(method: FunctionInfo, thrown: ExceptionRef): BaseAnswer | null {
    for (const site of this.#graph.sites.of(method)) {
      if (site.kind !== 'call') continue;
      const { func, args } = site.expr;
      const goesOn =
        args.some((arg) => arg.star !== 0) || (func.kind === 'Attribute' && func.attr === method.name);
      if (!goesOn) continue;
      const passages = this.#propagation.through(thrown, site.place.frame, method);
      const answered = passages.find((passage) => passage.kind === 'answered');
      if (answered?.kind !== 'answered' || passages.length > 1) continue;
      return {
        guard: guardAt('base-class', method, `\`${method.qualname}\``),
        contained: answered.contained,
      };
    }
    return null;
  }
}

function guardAt(kind: Guard['kind'], fn: FunctionInfo, detail: string): Guard {
  return { kind, path: fn.path, span: fn.def?.nameSpan ?? fn.span, detail };
}

/** `isinstance(exc, X)` in a method that is given what its class's other methods raise. */
function testsFor(program: Program, method: FunctionInfo, thrown: ExceptionRef): boolean {
  return sitesOf(method).some((site) => {
    if (site.kind !== 'call' || site.expr.func.kind !== 'Name' || site.expr.func.id !== 'isinstance')
      return false;
    const [, classes] = site.expr.args;
    return (
      classes !== undefined &&
      resolveExceptions(program, classes.value, method).some(
        (ref) => ref.kind !== 'any' && matches(program, ref, thrown) === 'exact',
      )
    );
  });
}
