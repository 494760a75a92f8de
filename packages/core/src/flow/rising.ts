import type { FunctionInfo, Place } from '../project/index.ts';
import type { Expr } from '../syntax/index.ts';
import type { CallEdge, CallGraph } from './call-graph.ts';
import { decoratorAnswer } from './decorators.ts';
import type { ExceptionRef } from './exceptions.ts';
import { type Run, runsOf } from './handed.ts';
import { collectorOf, frameAtRun, takenBy } from './later.ts';
import type { Passage, Propagation } from './propagate.ts';
import type { Guard, Hop } from './verdict.ts';

/** Takes exceptions from a place out of its function: through callees that run it for the place, and through its frames. */
export class Rising {
  readonly #graph: CallGraph;
  readonly #propagation: Propagation;

  constructor(graph: CallGraph, propagation: Propagation) {
    this.#graph = graph;
    this.#propagation = propagation;
  }

  /** Into a caller by one of its edges, and out of it; `hop` tells of the edge. */
  enter(edge: CallEdge, callee: FunctionInfo, thrown: ExceptionRef, hop: Hop): readonly Passage[] {
    return this.#arrive(edge, thrown, hop).flatMap((passage) =>
      this.#on(passage, ({ thrown: now }) => this.rise(now, edge.place, laterCall(edge, callee))),
    );
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
  rise(thrown: ExceptionRef, place: Place, made: Expr | null): readonly Passage[] {
    const collector = collectorOf(made ?? place.deferred, place.stmt);
    if (collector !== null) return [collected(collector, place)];
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

/** `gather(..., return_exceptions=True)` gives the exception to its caller as a value. */
function collected(call: Expr, { fn }: Place): Passage {
  const guard: Guard = {
    kind: 'framework',
    path: fn.path,
    span: call,
    detail: `\`return_exceptions=True\` in \`${fn.qualname}\``,
  };
  return { kind: 'answered', guard, contained: false, hops: [] };
}

function leave(thrown: ExceptionRef, hops: readonly Hop[] = []): Passage[] {
  return [{ kind: 'leaves', thrown, hops, reraisedBy: [] }];
}

export function decoratorGuard(fn: FunctionInfo, detail: string): Guard {
  return { kind: 'decorator', path: fn.path, span: fn.def?.decorators[0] ?? fn.span, detail };
}
