import { type FunctionInfo, parts } from '../project/index.ts';
import type { Expr } from '../syntax/index.ts';
import { BaseAnswers } from './base-answers.ts';
import type { CallEdge, CallGraph } from './call-graph.ts';
import { decoratorAnswer } from './decorators.ts';
import type { EntryPoints } from './entry.ts';
import { type ExceptionRef, exceptionKey } from './exceptions.ts';
import { type Run, runsOf } from './handed.ts';
import { frameAtRun, takenBy } from './later.ts';
import type { Passage, Propagation, Reraise } from './propagate.ts';
import type { Place } from './sites.ts';
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
  readonly #graph: CallGraph;
  readonly #propagation: Propagation;
  readonly #entries: EntryPoints;
  readonly #bases: BaseAnswers;

  constructor(graph: CallGraph, propagation: Propagation, entries: EntryPoints) {
    this.#graph = graph;
    this.#propagation = propagation;
    this.#entries = entries;
    this.#bases = new BaseAnswers(graph, propagation);
  }

  /** `made`: the lookup's own call where that gives a coroutine. */
  fate(thrown: ExceptionRef, place: Place, made: Expr | null = null): Fate {
    const search = new Search();
    const first = this.#rise(thrown, place, made);
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
      search.answered.push({ guard: decoratorGuard(fn, answer.detail), contained: answer.contained, path });
      return;
    }
    const entry = this.#entries.of(fn);
    if (entry !== null && entry !== 'script') {
      const base = this.#bases.of(fn, entry, thrown);
      if (base !== null) search.answered.push({ guard: base.guard, contained: base.contained, path });
      else search.escapes.push({ entry: entryPoint(fn, entry), path });
    }
    const callers = this.#graph.callers(fn);
    for (const edge of callers) this.#enter(edge, state, search);
    if (entry === 'script' || (entry === null && callers.every((edge) => edge.place.fn === fn))) {
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
    const passages = this.#arrive(edge, thrown, hop).flatMap((passage) =>
      this.#on(passage, ({ thrown: now }) => this.#rise(now, edge.place, laterCall(edge, state.fn))),
    );
    if (state.direct && edge.place.fn !== state.fn && passages.some((passage) => passage.kind === 'leaves'))
      search.callers.push(hop);
    search.take(passages, edge.place.fn, state.path);
  }

  /** The way to an edge's place: a callee that a function is handed to runs it first. */
  #arrive(edge: CallEdge, thrown: ExceptionRef, hop: Hop): readonly Passage[] {
    if (edge.handed === null || edge.expr.kind !== 'Call') return leave(thrown, [hop]);
    const ways = runsOf(this.#graph, { kind: 'call', expr: edge.expr, place: edge.place }, edge.handed);
    if (ways.length === 0) return leave(thrown, [hop]);
    return ways
      .flatMap((way) => this.#climb(leave(thrown), way))
      .flatMap((passage) => this.#on(passage, ({ thrown: now }) => leave(now, [hop])));
  }

  /** Through what stands around a place. A callee that is given the lambda of the place runs it under its own handlers first. */
  #rise(thrown: ExceptionRef, place: Place, made: Expr | null): readonly Passage[] {
    const frame = frameAtRun(place, made);
    const ways = frame === place.frame ? this.#lambdaRuns(place) : [];
    const outside = (now: ExceptionRef): readonly Passage[] =>
      this.#propagation.through(now, frame, place.fn);
    if (ways.length === 0) return outside(thrown);
    return ways
      .flatMap((way) => this.#climb(leave(thrown), way))
      .flatMap((passage) => (passage.kind === 'answered' ? [passage] : outside(passage.thrown)));
  }

  /** The ways in which the callee that is given a lambda runs it. */
  #lambdaRuns({ deferred, ...place }: Place): readonly (readonly Run[])[] {
    const call = deferred?.kind === 'Lambda' ? takenBy(deferred, place.stmt) : null;
    return deferred === null || call === null
      ? []
      : runsOf(this.#graph, { kind: 'call', expr: call, place: { ...place, deferred: null } }, deferred);
  }

  #climb(start: readonly Passage[], runs: readonly Run[]): readonly Passage[] {
    let passages = start;
    for (const { place, at } of runs) {
      const { fn } = place;
      const hop: Hop = { path: fn.path, span: at, function: fn.qualname, note: `\`${fn.qualname}\` runs it` };
      passages = passages.flatMap((passage) =>
        this.#on(passage, ({ thrown }) => leave(thrown, [hop])).flatMap((inside) =>
          this.#on(inside, ({ thrown }) => this.#out(thrown, place)),
        ),
      );
    }
    return passages;
  }

  /** What follows on a passage that still leaves, its own hops first; an answer stands. */
  #on(passage: Passage, next: (leaving: Leaving) => readonly Passage[]): readonly Passage[] {
    return passage.kind === 'answered'
      ? [passage]
      : next(passage).map((one) => ({ ...one, hops: [...passage.hops, ...one.hops] }));
  }

  /** Through a function's frames and decorators. */
  #out(thrown: ExceptionRef, { frame, fn }: Place): Passage[] {
    return this.#propagation.through(thrown, frame, fn).map((passage) => {
      const answer =
        passage.kind === 'leaves' ? decoratorAnswer(this.#propagation.wrappers, fn, passage.thrown) : null;
      return answer === null
        ? passage
        : {
            kind: 'answered',
            guard: decoratorGuard(fn, answer.detail),
            contained: answer.contained,
            hops: passage.hops,
          };
    });
  }
}

type Leaving = Extract<Passage, { kind: 'leaves' }>;

/** The call whose result runs later: a coroutine, a generator, an iterator over a callback. */
function laterCall(edge: CallEdge, callee: FunctionInfo): Expr | null {
  return callee.def?.async === true || callee.def?.generator === true || edge.kind === 'callback'
    ? edge.expr
    : null;
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

function leave(thrown: ExceptionRef, hops: readonly Hop[] = []): Passage[] {
  return [{ kind: 'leaves', thrown, hops, reraisedBy: [] }];
}

function decoratorGuard(fn: FunctionInfo, detail: string): Guard {
  return { kind: 'decorator', path: fn.path, span: fn.def?.decorators[0] ?? fn.span, detail };
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
