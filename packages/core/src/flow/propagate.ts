import type { FunctionInfo, Program } from '../project/index.ts';
import type { Handler } from '../syntax/index.ts';
import type { CallGraph } from './call-graph.ts';
import { type ExceptionRef, exceptionName, matches, resolveExceptions, type Substitution } from './exceptions.ts';
import { type HandlerOutcome, handlerOutcome } from './handlers.ts';
import type { Frame } from './sites.ts';
import type { Guard, Hop } from './verdict.ts';
import { contextAnswer, type WrapperContext } from './wrappers.ts';

/** What becomes of an exception inside one function. */
export type Passage =
  | { readonly kind: 'answered'; readonly guard: Guard; readonly contained: boolean; readonly hops: readonly Hop[] }
  /** It leaves the function, maybe as another class. */
  | { readonly kind: 'leaves'; readonly thrown: ExceptionRef; readonly hops: readonly Hop[]; readonly reraisedBy: readonly Reraise[] };

export interface Reraise {
  readonly handler: Handler;
  readonly outcome: Extract<HandlerOutcome, { kind: 'reraises' }>;
}

/** Follows exceptions through the handlers of one function. */
export class Propagation {
  readonly program: Program;
  readonly #graph: CallGraph;
  readonly #outcomes = new WeakMap<Handler, HandlerOutcome>();
  readonly wrappers: WrapperContext;

  constructor(graph: CallGraph) {
    this.#graph = graph;
    this.program = graph.program;
    this.wrappers = {
      program: graph.program,
      sites: (fn) => this.#graph.sites.of(fn),
      swallows: (thrown, frame, fn, values) => {
        const passages = this.through(thrown, frame, fn, values);
        if (passages.some((passage) => passage.kind === 'leaves')) return 'escapes';
        return passages.some((passage) => passage.kind === 'answered' && passage.contained) ? 'contained' : 'swallowed';
      },
    };
  }

  /** The fate of an exception raised under a frame, one passage for each class it may turn into. */
  through(thrown: ExceptionRef, frame: Frame | null, fn: FunctionInfo, values: Substitution | null = null): Passage[] {
    return this.#follow(thrown, frame, fn, values, [], [], 0);
  }

  #follow(
    thrown: ExceptionRef,
    start: Frame | null,
    fn: FunctionInfo,
    values: Substitution | null,
    hops: readonly Hop[],
    reraisedBy: readonly Reraise[],
    depth: number,
  ): Passage[] {
    for (let frame = start; frame !== null; frame = frame.parent) {
      if (frame.kind === 'handler') continue;
      if (frame.kind === 'with') {
        const answer = contextAnswer(this.wrappers, frame.item.context, fn, thrown);
        if (answer === null) continue;
        const guard: Guard = { kind: answer.detail.includes('suppress') ? 'suppress' : 'context-manager', path: fn.path, span: frame.item.context, detail: answer.detail };
        return [{ kind: 'answered', guard, contained: answer.contained, hops }];
      }
      const caught = this.#catching(frame.stmt.handlers, thrown, fn, values);
      if (caught === null) continue;
      const { handler, broad } = caught;
      const outcome = this.outcome(handler, fn);
      if (broad && outcome.kind === 'swallows' && outcome.lets) continue;
      if (outcome.kind === 'reraises') {
        const hop: Hop = { path: fn.path, span: outcome.at, function: fn.qualname, note: `raised again by the handler in \`${fn.qualname}\`` };
        const narrow = broad ? reraisedBy : [...reraisedBy, { handler, outcome }];
        return this.#follow(thrown, frame.parent, fn, values, [...hops, hop], narrow, depth);
      }
      if (outcome.kind === 'converts' && broad && depth < 4) {
        return outcome.to.flatMap((other) => {
          const hop: Hop = { path: fn.path, span: outcome.at, function: fn.qualname, note: `raised as \`${exceptionName(other)}\`` };
          return this.#follow(other, frame.parent, fn, values, [...hops, hop], reraisedBy, depth + 1);
        });
      }
      const answers = outcome.kind === 'answers' || outcome.kind === 'converts';
      const guard: Guard = {
        kind: answers ? 'converted' : 'except',
        path: fn.path,
        span: { start: handler.start, end: handler.type?.end ?? handler.start },
        detail: `\`except ${handler.type === null ? '' : this.#named(handler, fn)}\` in \`${fn.qualname}\``,
      };
      return [{ kind: 'answered', guard, contained: broad && outcome.kind === 'swallows' && outcome.reports, hops }];
    }
    return [{ kind: 'leaves', thrown, hops, reraisedBy }];
  }

  #named(handler: Handler, fn: FunctionInfo): string {
    const names = handler.type === null ? [] : resolveExceptions(this.program, handler.type, fn).map(exceptionName);
    return names.length > 1 ? `(${names.join(', ')})` : (names[0] ?? '');
  }

  #catching(handlers: readonly Handler[], thrown: ExceptionRef, fn: FunctionInfo, values: Substitution | null): { handler: Handler; broad: boolean } | null {
    for (const handler of handlers) {
      if (handler.type === null) return { handler, broad: true };
      const found = resolveExceptions(this.program, handler.type, fn, values).map((ref) => matches(this.program, ref, thrown));
      if (found.includes('exact')) return { handler, broad: false };
      if (found.includes('broad')) return { handler, broad: true };
    }
    return null;
  }

  outcome(handler: Handler, fn: FunctionInfo): HandlerOutcome {
    const known = this.#outcomes.get(handler);
    if (known !== undefined) return known;
    const outcome = handlerOutcome(this.program, handler, fn);
    this.#outcomes.set(handler, outcome);
    return outcome;
  }
}
