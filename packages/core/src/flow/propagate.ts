import type { Frame, FunctionInfo, Program } from '../project/index.ts';
import type { Handler, Raise, Stmt, Try } from '../syntax/index.ts';
import type { CallGraph } from './call-graph.ts';
import { matches } from './exception-matches.ts';
import { type ExceptionRef, resolveExceptions, type Substitution } from './exceptions.ts';
import { exceptionName } from './exception-text.ts';
import { asRunBy } from './handler-branches.ts';
import { type HandlerOutcome, handlerOutcome } from './handlers.ts';
import { runsOf } from './handed.ts';
import type { Guard, Hop } from './verdict.ts';
import { contextAnswer, type WrapperContext } from './wrappers.ts';

/** What becomes of an exception inside one function. */
export type Passage =
  | {
      readonly kind: 'answered';
      readonly guard: Guard;
      readonly contained: boolean;
      readonly hops: readonly Hop[];
    }
  /** It leaves the function, maybe as another class. */
  | {
      readonly kind: 'leaves';
      readonly thrown: ExceptionRef;
      readonly hops: readonly Hop[];
      readonly reraisedBy: readonly Reraise[];
    };

export interface Reraise {
  readonly handler: Handler;
  readonly outcome: Extract<HandlerOutcome, { kind: 'reraises' }>;
}

type TryFrame = Extract<Frame, { kind: 'try' }>;
type WithFrame = Extract<Frame, { kind: 'with' }>;

/** An exception's way through one function so far. */
interface Way {
  readonly fn: FunctionInfo;
  readonly values: Substitution | null;
  readonly hops: readonly Hop[];
  readonly reraisedBy: readonly Reraise[];
  /** How often it was raised as another one. */
  readonly depth: number;
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
      runs: (call, handed) => runsOf(this.#graph, call, handed),
      swallows: (thrown, frame, fn, values) => {
        const passages = this.through(thrown, frame, fn, values);
        if (passages.some((passage) => passage.kind === 'leaves')) return 'escapes';
        return passages.some((passage) => passage.kind === 'answered' && passage.contained)
          ? 'contained'
          : 'swallowed';
      },
    };
  }

  /** The fate of an exception raised under a frame, one passage for each class it may turn into. */
  through(
    thrown: ExceptionRef,
    frame: Frame | null,
    fn: FunctionInfo,
    values: Substitution | null = null,
  ): Passage[] {
    return this.#follow(thrown, frame, { fn, values, hops: [], reraisedBy: [], depth: 0 });
  }

  #follow(thrown: ExceptionRef, start: Frame | null, way: Way): Passage[] {
    for (let frame = start; frame !== null; frame = frame.parent) {
      const passages =
        frame.kind === 'with'
          ? this.#context(frame, thrown, way)
          : frame.kind === 'try'
            ? this.#handled(frame, thrown, way)
            : null;
      if (passages !== null) return passages;
      const end = frame.kind === 'with' ? undefined : leavingOf(frame.stmt);
      if (end !== undefined) return this.#finally(end, way);
    }
    return [{ kind: 'leaves', thrown, hops: way.hops, reraisedBy: way.reraisedBy }];
  }

  #context(frame: WithFrame, thrown: ExceptionRef, { fn, hops }: Way): Passage[] | null {
    const answer = contextAnswer(this.wrappers, frame, fn, thrown);
    if (answer === null) return null;
    const kind = answer.detail.includes('suppress') ? 'suppress' : 'context-manager';
    const guard: Guard = { kind, path: fn.path, span: frame.item.context, detail: answer.detail };
    return [{ kind: 'answered', guard, contained: answer.contained, hops }];
  }

  /** What the handlers of a `try` do; null when none of them matches, or the one that does may let it pass. */
  #handled(frame: TryFrame, thrown: ExceptionRef, way: Way): Passage[] | null {
    const { fn } = way;
    const caught = catching(this.program, frame.stmt.handlers, thrown, fn, way.values);
    if (caught === null) return null;
    const { handler, broad, generic } = caught;
    const outcome = this.outcome(asRunBy(this.program, handler, fn, thrown), fn);
    if (broad && outcome.kind === 'swallows' && outcome.lets) return null;
    if (outcome.kind === 'reraises') {
      const reraisedBy = broad ? way.reraisedBy : [...way.reraisedBy, { handler, outcome }];
      const note = `raised again by the handler in \`${fn.qualname}\``;
      return this.#past(frame, thrown, {
        ...way,
        hops: [...way.hops, hopAt(outcome.at, fn, note)],
        reraisedBy,
      });
    }
    if (outcome.kind === 'converts' && way.depth < 4 && (broad || outcome.to.every(isMissing))) {
      return outcome.to.flatMap((other) => {
        const hop = hopAsOther(outcome.at, fn, other);
        return this.#past(frame, other, { ...way, hops: [...way.hops, hop], depth: way.depth + 1 });
      });
    }
    const ends = outcome.kind === 'swallows' || outcome.kind === 'answers';
    const guard: Guard = {
      kind: outcome.kind === 'swallows' ? 'except' : 'converted',
      path: fn.path,
      span: { start: handler.start, end: handler.type?.end ?? handler.start },
      detail: `\`${handler.type === null ? 'except:' : `except ${this.#named(handler, fn)}`}\` in \`${fn.qualname}\``,
    };
    return [
      { kind: 'answered', guard, contained: (broad || generic) && ends && outcome.reports, hops: way.hops },
    ];
  }

  /** On from a handler that raises. */
  #past(frame: TryFrame, thrown: ExceptionRef, way: Way): Passage[] {
    const end = leavingOf(frame.stmt);
    return end === undefined ? this.#follow(thrown, frame.parent, way) : this.#finally(end, way);
  }

  #finally(end: Leaving, { fn, hops }: Way): Passage[] {
    const guard: Guard = {
      kind: 'except',
      path: fn.path,
      span: end,
      detail: `\`finally\` in \`${fn.qualname}\``,
    };
    return [{ kind: 'answered', guard, contained: false, hops }];
  }

  #named(handler: Handler, fn: FunctionInfo): string {
    const names =
      handler.type === null ? [] : resolveExceptions(this.program, handler.type, fn).map(exceptionName);
    return names.length > 1 ? `(${names.join(', ')})` : (names[0] ?? '');
  }

  outcome(handler: Handler, fn: FunctionInfo): HandlerOutcome {
    const known = this.#outcomes.get(handler);
    if (known !== undefined) return known;
    const outcome = handlerOutcome(this.program, handler, fn);
    this.#outcomes.set(handler, outcome);
    return outcome;
  }
}

/** The first of some handlers that catches an exception; null when none does. */
export function catching(
  program: Program,
  handlers: readonly Handler[],
  thrown: ExceptionRef,
  fn: FunctionInfo,
  values: Substitution | null = null,
): { readonly handler: Handler; readonly broad: boolean; readonly generic: boolean } | null {
  for (const handler of handlers) {
    if (handler.type === null) return { handler, broad: true, generic: false };
    const refs = resolveExceptions(program, handler.type, fn, values);
    const found = refs.map((ref) => matches(program, ref, thrown));
    const generic = thrown.kind === 'missing' && refs.every((ref) => ref.kind === 'object-missing');
    if (found.includes('exact')) return { handler, broad: false, generic };
    if (found.includes('broad')) return { handler, broad: true, generic };
  }
  return null;
}

/** A statement that leaves a `finally` block: it ends whatever exception passes there. */
type Leaving = Extract<Stmt, { kind: 'Return' | 'Break' | 'Continue' }>;

function leavingOf(stmt: Try): Leaving | undefined {
  return stmt.finalbody.find(
    (last): last is Leaving => last.kind === 'Return' || last.kind === 'Break' || last.kind === 'Continue',
  );
}

function hopAt(at: Raise, fn: FunctionInfo, note: string): Hop {
  return { path: fn.path, span: at, function: fn.qualname, note };
}

/** A handler makes another exception of the one it caught. */
function hopAsOther(at: Raise, fn: FunctionInfo, other: ExceptionRef): Hop {
  const worded = isWorded(at);
  const note = `raised as \`${exceptionName(other)}\`${worded ? ', with words of its own' : ''}`;
  const missing = worded ? 'worded-missing-row' : 'missing-row';
  return { ...hopAt(at, fn, note), raisedAs: isMissing(other) ? missing : 'other' };
}

/** A handler that raises a `DoesNotExist` anew has not answered it. */
function isMissing(ref: ExceptionRef): boolean {
  return ref.kind === 'missing' || ref.kind === 'object-missing';
}

/** `raise Order.DoesNotExist("no order of that number")`. */
function isWorded({ exc }: Raise): boolean {
  return exc?.kind === 'Call' && exc.args.length > 0;
}
