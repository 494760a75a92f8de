import { type FunctionInfo, parts, type Place } from '../project/index.ts';
import type { Expr } from '../syntax/index.ts';
import { BaseAnswers } from './base-answers.ts';
import { isDetached, isRoute } from './boundaries.ts';
import type { CallEdge, CallGraph } from './call-graph.ts';
import { decoratorAnswer, oneDecorator } from './decorators.ts';
import type { EntryPoints } from './entry.ts';
import { exceptionKey } from './exception-text.ts';
import type { ExceptionRef } from './exceptions.ts';
import { missedBy } from './missed-by.ts';
import type { Passage, Propagation, Reraise } from './propagate.ts';
import { decoratorGuard, Rising } from './rising.ts';
import { outsideTests } from './test-code.ts';
import type { EntryKind, EntryPoint, Guard, Hop } from './verdict.ts';

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
  /** Those who call them where a direct caller only hands the row on (`return get_row(...)`), and do not answer either. */
  readonly beyond: readonly Hop[];
  /** The ways in from those callers, and from the function itself. */
  readonly openEdges: readonly CallEdge[];
  /** True when it was not followed to all ends. */
  readonly cut: boolean;
}

interface State {
  readonly fn: FunctionInfo;
  readonly thrown: ExceptionRef;
  readonly path: readonly Hop[];
  /** What its callers are to the function that the exception was raised in. */
  readonly nearness: 'direct' | 'beyond' | 'far';
}

/** Follows exceptions up the call graph to where they are answered or where a framework started. */
export class EscapeAnalysis {
  readonly #graph: CallGraph;
  readonly #propagation: Propagation;
  readonly #entries: EntryPoints;
  readonly #bases: BaseAnswers;
  readonly #rising: Rising;

  constructor(graph: CallGraph, propagation: Propagation, entries: EntryPoints) {
    this.#graph = graph;
    this.#propagation = propagation;
    this.#entries = entries;
    this.#bases = new BaseAnswers(graph, propagation);
    this.#rising = new Rising(graph, propagation);
  }

  /** `made`: the lookup's own call where that gives a coroutine. */
  fate(thrown: ExceptionRef, place: Place, made: Expr | null = null): Fate {
    const search = new Search();
    const first = this.#rising.rise(thrown, place, made);
    search.take(first, place.fn, [], 'direct');
    const reraisedBy = first.flatMap((passage) => (passage.kind === 'leaves' ? passage.reraisedBy : []));
    while (search.queue.length > 0 && search.seen.size < MAX_STATES) {
      const state = search.queue.shift();
      if (state !== undefined) this.#step(state, search);
    }
    return {
      escapes: search.escapes,
      answered: search.answered,
      callers: search.callers,
      beyond: search.beyond,
      openEdges: search.openEdges,
      reraisedBy,
      cut: search.queue.length > 0,
    };
  }

  #step(state: State, search: Search): void {
    const { fn, thrown, path } = state;
    this.#graph.program.work.steps++;
    const answer = decoratorAnswer(this.#propagation.wrappers, fn, thrown);
    if (answer !== null) {
      search.answered.push({ guard: decoratorGuard(fn, answer.detail), contained: answer.contained, path });
      return;
    }
    const entry = this.#entries.of(fn);
    const wrapped = entry === 'view' || entry === null ? this.#wrapped(fn, thrown) : null;
    if (wrapped !== null) {
      search.answered.push({ guard: wrapped.guard, contained: wrapped.contained, path });
      return;
    }
    if (entry !== null && entry !== 'script') {
      const base = this.#bases.of(fn, entry, thrown);
      if (base !== null) search.answered.push({ guard: base.guard, contained: base.contained, path });
      else search.escapes.push({ entry: entryPoint(fn, entry), path });
    }
    const callers = outsideTests(this.#graph.callers(fn), fn.path);
    for (const edge of callers) this.#enter(edge, state, search);
    if (entry === 'script' || (entry === null && callers.every((edge) => edge.place.fn === fn))) {
      search.escapes.push({ entry: entryPoint(fn, entry ?? 'uncalled'), path });
    }
  }

  /** `path("x/", decorator(view))` and `safe = decorator(function)`: all that modules make of a function that nothing calls by name. */
  #wrapped(fn: FunctionInfo, thrown: ExceptionRef): { guard: Guard; contained: boolean } | null {
    if (fn.cls !== null || this.#graph.callers(fn).length > 0) return null;
    for (const { argumentOf: call, place } of this.#graph.references(fn)) {
      if (place.fn.def !== null || isRoute(call) || isDetached(call)) continue;
      const answer = oneDecorator(this.#propagation.wrappers, call.func, place.fn, thrown);
      if (answer === null) continue;
      return {
        guard: { kind: 'decorator', path: place.fn.path, span: call, detail: answer.detail },
        contained: answer.contained,
      };
    }
    return null;
  }

  #enter(edge: CallEdge, state: State, search: Search): void {
    const thrown = rebound(state.thrown, edge);
    const passed = missedBy(this.#graph.program, edge.place.frame, edge.place.fn, thrown);
    const hop: Hop = {
      path: edge.place.fn.path,
      span: edge.expr,
      function: edge.place.fn.qualname,
      note:
        edge.kind === 'property'
          ? `\`${edge.place.fn.qualname}\` reads \`${state.fn.name}\``
          : `\`${edge.place.fn.qualname}\` calls \`${state.fn.name}\``,
      ...(passed === null ? {} : { missedBy: passed }),
    };
    const passages = this.#rising.enter(edge, state.fn, thrown, hop);
    if (passages.some((passage) => passage.kind === 'leaves')) {
      if (state.nearness === 'direct') search.openEdges.push(edge);
      if (state.nearness !== 'far' && edge.place.fn !== state.fn)
        search[state.nearness === 'direct' ? 'callers' : 'beyond'].push(hop);
    }
    const near = state.nearness !== 'far' && handsOn(edge);
    search.take(passages, edge.place.fn, state.path, near ? 'beyond' : 'far');
  }
}

class Search {
  readonly queue: State[] = [];
  readonly seen = new Set<string>();
  readonly escapes: { entry: EntryPoint; path: readonly Hop[] }[] = [];
  readonly answered: { guard: Guard; contained: boolean; path: readonly Hop[] }[] = [];

  readonly callers: Hop[] = [];
  readonly beyond: Hop[] = [];
  readonly openEdges: CallEdge[] = [];

  take(
    passages: readonly Passage[],
    fn: FunctionInfo,
    path: readonly Hop[],
    nearness: State['nearness'],
  ): void {
    for (const passage of passages) {
      const hops = [...path, ...passage.hops];
      if (passage.kind === 'answered') {
        this.answered.push({ guard: passage.guard, contained: passage.contained, path: hops });
        continue;
      }
      const key = `${fn.key} ${exceptionKey(passage.thrown)}`;
      if (this.seen.has(key)) continue;
      this.seen.add(key);
      this.queue.push({ fn, thrown: passage.thrown, path: hops, nearness });
    }
  }
}

/** `return get_row(...)`: the caller's callers get what it was given. */
function handsOn({ place: { stmt }, expr }: CallEdge): boolean {
  const value = stmt.kind === 'Return' ? stmt.value : null;
  return value !== null && (value === expr || (value.kind === 'Await' && value.value === expr));
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
