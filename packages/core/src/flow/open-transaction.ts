import type { FunctionInfo, Place, Program } from '../project/index.ts';
import { dottedName, type Expr } from '../syntax/index.ts';
import { atomicRequests } from './atomic-requests.ts';
import type { CallGraph } from './call-graph.ts';
import type { EntryPoints } from './entry.ts';
import { isTestCode } from './test-code.ts';
import type { Site } from './verdict.ts';

/** A transaction that is open while code runs. */
export interface OpenTransaction {
  /** The `atomic()` block or decorator, or the setting. */
  readonly at: Site;
  /** The function that opens it; null for the code's own, and for what the settings open around every request. */
  readonly opener: string | null;
  readonly byRequest: boolean;
  /** A management command opens it, under a person's eyes. */
  readonly inCommand: boolean;
}

const ATOMIC = /(^|\.)(atomic|commit_on_success|atomic_transaction)$/;

/** Callers of callers are looked at as far as this. */
const MAX_STEPS = 3;

/** The `atomic()` block of the function around a place, or its decorator. `durable` or not, the commit comes later. */
export function ownTransaction(program: Program, { frame: innermost, fn }: Place): OpenTransaction | null {
  const own = ({ start, end }: Expr): OpenTransaction => ({
    at: { path: fn.path, span: { start, end } },
    opener: null,
    byRequest: false,
    inCommand: /(^|\/)management\/commands\//.test(fn.path),
  });
  for (let frame = innermost; frame !== null; frame = frame.parent)
    if (frame.kind === 'with' && isAtomic(frame.item.context)) return own(frame.item.context);
  const at = program.decoratorNames(fn).findIndex((name) => ATOMIC.test(name));
  const decorator = at < 0 ? undefined : fn.def?.decorators[at];
  return decorator === undefined ? null : own(decorator);
}

export function isAtomic(context: Expr): boolean {
  return ATOMIC.test(dottedName(context.kind === 'Call' ? context.func : context) ?? '');
}

/** The transaction that a caller of a function has open when it calls, or that the settings open around the request; that of a command last. Null when there is none. */
export function transactionAround(
  graph: CallGraph,
  entries: EntryPoints,
  fn: FunctionInfo,
): OpenTransaction | null {
  const seen = new Set([fn]);
  let byHand: OpenTransaction | null = null;
  let step: readonly FunctionInfo[] = [fn];
  for (let steps = 0; steps <= MAX_STEPS && step.length > 0; steps++) {
    const request = step.some((each) => isRequest(graph.program, entries, each))
      ? atomicRequests(graph.program)
      : null;
    if (request !== null) return { at: request, opener: null, byRequest: true, inCommand: false };
    const calls = step
      .flatMap((each) => graph.callers(each))
      .filter(({ kind, place }) => kind === 'call' && place.deferred === null && !isTestCode(place.fn.path));
    for (const { place } of calls) {
      const own = ownTransaction(graph.program, place);
      if (own === null) continue;
      const open = { ...own, opener: place.fn.qualname };
      if (!open.inCommand) return open;
      byHand ??= open;
    }
    step = [...new Set(calls.map(({ place }) => place.fn))].filter((caller) => !seen.has(caller));
    for (const caller of step) seen.add(caller);
  }
  return byHand;
}

/** A view that Django runs in a transaction where the settings say so: async ones it refuses (django/core/handlers/base.py). */
function isRequest(program: Program, entries: EntryPoints, fn: FunctionInfo): boolean {
  const kind = entries.of(fn);
  return (
    (kind === 'view' || kind === 'api' || kind === 'graphql') &&
    fn.def?.async !== true &&
    !program.decoratorNames(fn).some((name) => name.endsWith('non_atomic_requests'))
  );
}
