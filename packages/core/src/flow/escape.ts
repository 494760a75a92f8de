import type { FunctionInfo, Program } from '../project/index.ts';
import { parts } from '../project/index.ts';
import { opensScope, type Stmt, stmtBlocks, stmtExprs, walkExpr } from '../syntax/index.ts';
import { isDetached } from './boundaries.ts';
import type { CallEdge, CallGraph } from './call-graph.ts';
import type { EntryPoints } from './entry.ts';
import { type ExceptionRef, exceptionKey, matches, resolveExceptions } from './exceptions.ts';
import type { Passage, Propagation, Reraise } from './propagate.ts';
import type { Place } from './sites.ts';
import type { EntryKind, EntryPoint, Guard, Hop } from './verdict.ts';
import { decoratorAnswer, isDeclared } from './wrappers.ts';

/** Most functions that one exception is followed through; a lookup in a helper that everything uses stops here, and says so. */
const MAX_STATES = 600;

/** Everything that may become of an exception raised at one place. */
export interface Fate {
  readonly escapes: readonly { readonly entry: EntryPoint; readonly path: readonly Hop[] }[];
  readonly answered: readonly {
    readonly guard: Guard;
    readonly contained: boolean;
    readonly path: readonly Hop[];
  }[];
  /** Handlers of the lookup's own function that raise it again. */
  readonly reraisedBy: readonly Reraise[];
  /** Direct callers that do not answer themselves. */
  readonly callers: readonly Hop[];
  /** True when it was not followed to all ends. */
  readonly cut: boolean;
}

interface State {
  readonly fn: FunctionInfo;
  readonly thrown: ExceptionRef;
  readonly path: readonly Hop[];
  /** True for the function that the exception was raised in. */
  readonly direct: boolean;
}

/** Follows exceptions up the call graph to where they are answered or where a framework started. */
export class EscapeAnalysis {
  readonly #program: Program;
  readonly #graph: CallGraph;
  readonly #propagation: Propagation;
  readonly #entries: EntryPoints;
  readonly #bases = new Map<string, Guard | null>();

  constructor(graph: CallGraph, propagation: Propagation, entries: EntryPoints) {
    this.#program = graph.program;
    this.#graph = graph;
    this.#propagation = propagation;
    this.#entries = entries;
  }

  fate(thrown: ExceptionRef, place: Place): Fate {
    const search = new Search();
    const detached = runsLater(place);
    const first = detached ? leave(thrown) : this.#propagation.through(thrown, place.frame, place.fn);
    search.take(first, place.fn, [], true);
    const reraisedBy = first.flatMap((passage) => (passage.kind === 'leaves' ? passage.reraisedBy : []));
    while (search.queue.length > 0 && search.seen.size < MAX_STATES) {
      const state = search.queue.shift();
      if (state !== undefined) this.#step(state, search);
    }
    return {
      escapes: search.escapes,
      answered: search.answered,
      callers: search.callers,
      reraisedBy,
      cut: search.queue.length > 0,
    };
  }

  #step(state: State, search: Search): void {
    const { fn, thrown, path } = state;
    const answer = decoratorAnswer(this.#propagation.wrappers, fn, thrown);
    if (answer !== null) {
      const guard: Guard = {
        kind: 'decorator',
        path: fn.path,
        span: fn.def?.decorators[0] ?? fn.span,
        detail: answer.detail,
      };
      search.answered.push({ guard, contained: answer.contained, path });
      return;
    }
    const entry = this.#entries.of(fn);
    if (entry !== null && entry !== 'script') {
      const base = this.#baseClassAnswer(fn, thrown);
      if (base !== null) search.answered.push({ guard: base.guard, contained: base.contained, path });
      else search.escapes.push({ entry: entryPoint(fn, entry), path });
    }
    const callers = this.#graph.callers(fn).filter((edge) => edge.place.fn !== fn);
    for (const edge of callers) this.#enter(edge, state, search);
    if (entry === 'script' || (entry === null && callers.length === 0)) {
      search.escapes.push({ entry: entryPoint(fn, entry ?? 'uncalled'), path });
    }
  }

  #enter(edge: CallEdge, state: State, search: Search): void {
    const thrown = rebound(state.thrown, edge);
    const hop: Hop = {
      path: edge.place.fn.path,
      span: edge.expr,
      function: edge.place.fn.qualname,
      note:
        edge.kind === 'property'
          ? `\`${edge.place.fn.qualname}\` reads \`${state.fn.name}\``
          : `\`${edge.place.fn.qualname}\` calls \`${state.fn.name}\``,
    };
    const lost = runsLater(edge.place);
    const passages = lost
      ? leave(thrown)
      : this.#propagation.through(thrown, edge.place.frame, edge.place.fn);
    if (state.direct && passages.some((passage) => passage.kind === 'leaves')) search.callers.push(hop);
    search.take(passages, edge.place.fn, [...state.path, hop]);
  }

  /** A class of the program between the entry point and the framework that answers: `handle_exception`, `dispatch` with a handler. */
  #baseClassAnswer(fn: FunctionInfo, thrown: ExceptionRef): { guard: Guard; contained: boolean } | null {
    if (fn.cls === null) return null;
    const key = `${fn.cls.key} ${exceptionKey(thrown)}`;
    const known = this.#bases.get(key);
    if (known !== undefined) return known === null ? null : { guard: known, contained: false };
    let guard: Guard | null = null;
    const bases = this.#program.hierarchy
      .mro(fn.cls)
      .map((base) => (typeof base === 'string' ? base : base.key));
    if (isDeclared(this.#program, bases)) {
      guard = {
        kind: 'declared',
        path: fn.path,
        span: fn.cls.def.nameSpan,
        detail: `a base class of \`${fn.cls.name}\`, as configured`,
      };
    }
    for (const name of guard !== null
      ? []
      : ['handle_exception', 'dispatch', 'handle_exception_with_details', '__call__', 'run']) {
      const method = this.#program.hierarchy.member(fn.cls, name)?.method;
      if (
        method === null ||
        method === undefined ||
        method === fn ||
        !testsFor(this.#program, method, thrown)
      )
        continue;
      guard = {
        kind: 'base-class',
        path: method.path,
        span: method.def?.nameSpan ?? method.span,
        detail: `\`${method.qualname}\``,
      };
      break;
    }
    this.#bases.set(key, guard);
    return guard === null ? null : { guard, contained: false };
  }
}

class Search {
  readonly queue: State[] = [];
  readonly seen = new Set<string>();
  readonly escapes: { entry: EntryPoint; path: readonly Hop[] }[] = [];
  readonly answered: { guard: Guard; contained: boolean; path: readonly Hop[] }[] = [];

  readonly callers: Hop[] = [];

  take(passages: readonly Passage[], fn: FunctionInfo, path: readonly Hop[], direct = false): void {
    for (const passage of passages) {
      const hops = [...path, ...passage.hops];
      if (passage.kind === 'answered') {
        this.answered.push({ guard: passage.guard, contained: passage.contained, path: hops });
        continue;
      }
      const key = `${fn.key} ${exceptionKey(passage.thrown)}`;
      if (this.seen.has(key)) continue;
      this.seen.add(key);
      this.queue.push({ fn, thrown: passage.thrown, path: hops, direct });
    }
  }
}

function leave(thrown: ExceptionRef): Passage[] {
  return [{ kind: 'leaves', thrown, hops: [], reraisedBy: [] }];
}

function entryPoint(fn: FunctionInfo, kind: EntryKind): EntryPoint {
  return {
    kind,
    function: fn.qualname,
    path: fn.path,
    span: fn.def?.nameSpan ?? { start: fn.span.start, end: fn.span.start },
  };
}

/** The model of a manager's `self` is the receiver's. */
function rebound(thrown: ExceptionRef, edge: CallEdge): ExceptionRef {
  if (thrown.kind !== 'missing' || thrown.model?.key.startsWith('self:') !== true || edge.receiver === null)
    return thrown;
  for (const type of parts(edge.receiver)) {
    if (type.t === 'manager' || type.t === 'queryset') return { kind: 'missing', model: type.rows.model };
    if (type.t === 'model' || type.t === 'row') return { kind: 'missing', model: type.model };
  }
  return thrown;
}

/** Code that runs after its statement is done, where handlers around the statement are gone (`semantics.md` §4). */
export function runsLater(place: Place): boolean {
  const { deferred, stmt } = place;
  if (deferred === null) return false;
  if ((stmt.kind === 'Assign' || stmt.kind === 'Return') && stmt.value === deferred) return true;
  return deferred.kind === 'Lambda' && deferredTo(place) !== null;
}

/** The name of the call that runs a lambda elsewhere; null when it runs at its place. */
function deferredTo(place: Place): string | null {
  let name: string | null = null;
  for (const expr of stmtExprs(place.stmt)) {
    walkExpr(expr, (part) => {
      if (part.kind === 'Call' && isDetached(part) && part.args.some((arg) => arg.value === place.deferred)) {
        name =
          part.func.kind === 'Attribute' ? part.func.attr : part.func.kind === 'Name' ? part.func.id : null;
      }
    });
  }
  return name;
}

/** `isinstance(exc, X)`, or an `except X`, in a method that stands between an entry point and the framework. */
function testsFor(program: Program, method: FunctionInfo, thrown: ExceptionRef): boolean {
  let found = false;
  const visit = (body: readonly Stmt[]): void => {
    for (const stmt of body) {
      if (stmt.kind === 'Try') {
        for (const handler of stmt.handlers) {
          const refs = handler.type === null ? [] : resolveExceptions(program, handler.type, method);
          if (refs.some((ref) => ref.kind !== 'any' && matches(program, ref, thrown) === 'exact'))
            found = true;
        }
      }
      for (const expr of stmtExprs(stmt)) {
        walkExpr(expr, (part) => {
          if (
            part.kind !== 'Call' ||
            part.func.kind !== 'Name' ||
            part.func.id !== 'isinstance' ||
            part.args[1] === undefined
          )
            return;
          const refs = resolveExceptions(program, part.args[1].value, method);
          if (refs.some((ref) => ref.kind !== 'any' && matches(program, ref, thrown) === 'exact'))
            found = true;
        });
      }
      if (!opensScope(stmt)) for (const block of stmtBlocks(stmt)) visit(block);
    }
  };
  visit(method.body);
  return found;
}
