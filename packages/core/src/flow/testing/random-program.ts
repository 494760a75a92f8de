/** Small programs of known truth: functions that call each other and look up rows, under handlers of all kinds. */

/** Models: `Child` is a multi-table child of `Base`. */
export const MODELS = ['Base', 'Child', 'Other'] as const;
export type Model = (typeof MODELS)[number];

/** What an `except` clause or `suppress` names. */
export type Caught = Model | 'ObjectDoesNotExist' | 'Exception' | 'Trouble' | 'KeyError';

/** What a handler does. */
export type Action =
  | 'swallow'
  | 'report' // logs the exception
  | 'reraise'
  | 'answer' // raises Http404
  | 'convert'; // raises the project's own `Trouble`

/** How a call makes the key that it gives. */
export type Given = 'same' | 'text' | 'entry' | 'cache' | 'literal';

export interface Clause {
  readonly caught: readonly Caught[];
  readonly action: Action;
}

export type Node =
  | { readonly kind: 'lookup'; readonly model: Model }
  /** Calls a later function, or an earlier one where `back` is set: then it recurses. */
  | {
      readonly kind: 'call';
      /** What it gives: the caller's own key, the key in some wrapping, or another value. */
      readonly arg: Given;
      readonly to: number;
      readonly back: boolean;
      readonly via: 'name' | 'table' | 'partial' | 'lambda';
    }
  | {
      readonly kind: 'try';
      readonly body: readonly Node[];
      readonly clauses: readonly Clause[];
      readonly orelse: readonly Node[];
      readonly finalbody: readonly Node[];
    }
  | { readonly kind: 'with'; readonly caught: Caught; readonly body: readonly Node[] };

export type Call = Extract<Node, { kind: 'call' }>;

export interface Fn {
  readonly file: number;
  readonly task: boolean;
  /** A decorator that swallows what it names; null for none. */
  readonly quiet: Caught | null;
  readonly body: readonly Node[];
}

export interface RandomProgram {
  readonly fns: readonly Fn[];
}

/**
 * The function that a call runs: a later one; for a call back this one or an earlier one that something else enters too, so
 * that every cycle has a way in.
 */
export function targetOf(program: RandomProgram, from: number, call: Call): number | null {
  const { fns } = program;
  if (!call.back) {
    const later = fns.length - from - 1;
    return later === 0 ? null : from + 1 + (call.to % later);
  }
  const entered = fns.flatMap((fn, i) => (i <= from && (fn.task || isCalledBefore(program, i)) ? [i] : []));
  return entered[call.to % Math.max(entered.length, 1)] ?? null;
}

function isCalledBefore(program: RandomProgram, index: number): boolean {
  return program.fns
    .slice(0, index)
    .some((fn, from) =>
      nodesOf(fn.body).some(
        (node) => node.kind === 'call' && !node.back && targetOf(program, from, node) === index,
      ),
    );
}

export function nodesOf(body: readonly Node[]): Node[] {
  return body.flatMap((node) => [node, ...childrenOf(node).flatMap(nodesOf)]);
}

function childrenOf(node: Node): readonly (readonly Node[])[] {
  return node.kind === 'try'
    ? [node.body, node.orelse, node.finalbody]
    : node.kind === 'with'
      ? [node.body]
      : [];
}
