import {
  type Caught,
  type Clause,
  type Fn,
  type Model,
  type Node,
  type RandomProgram,
  targetOf,
} from './random-program.ts';

type Thrown = Model | 'Trouble';

/** What became of a missing row in one run of one entry point. */
export type Outcome =
  /** `key`: of the execution that found no row. */
  | { readonly kind: 'escapes'; readonly entry: number; readonly key: Origin }
  | { readonly kind: 'handled' }
  | { readonly kind: 'contained' };

/** An exception on its way up, and the functions it has left. */
class Flying extends Error {
  readonly thrown: Thrown;

  constructor(thrown: Thrown) {
    super(thrown);
    this.thrown = thrown;
  }
}

/** Most statements that the runs for one lookup may take together. */
const MAX_STEPS = 60_000;

/** What runs of a program show of one lookup. */
export interface Seen {
  readonly outcomes: readonly Outcome[];
  /** The kinds of all keys that it was asked for. */
  readonly origins: ReadonlySet<Origin>;
}

/** Where a key comes from, in the words of verdicts. */
type Origin = 'task-argument' | 'argument' | 'cache' | 'literal';

/**
 * All that can become of a lookup's missing row: every entry point is run again and again, each time with another one of the
 * lookup's executions finding no row. Null when the runs take too long.
 */
export function seenOf(program: RandomProgram, lookup: Node): Seen | null {
  const called = new Set<number>();
  for (const [i, fn] of program.fns.entries()) collectCalls(program, i, fn.body, called);
  const entries = program.fns.flatMap((fn, i) => (fn.task || !called.has(i) ? [i] : []));
  const outcomes: Outcome[] = [];
  const origins = new Set<Origin>();
  const steps = { left: MAX_STEPS };
  for (const entry of entries) {
    for (let miss = 0; ; miss++) {
      const run = new Run(program, lookup, miss, { steps, origins });
      const outcome = run.start(entry);
      if (outcome === 'too long') return null;
      if (outcome === 'not reached') break;
      outcomes.push(outcome);
    }
  }
  return { outcomes, origins };
}

function collectCalls(
  program: RandomProgram,
  from: number,
  body: readonly Node[],
  called: Set<number>,
): void {
  for (const node of body) {
    if (node.kind === 'call') {
      const to = targetOf(program, from, node);
      if (to !== null && to !== from) called.add(to);
    } else if (node.kind === 'try')
      for (const block of [node.body, node.orelse, node.finalbody])
        collectCalls(program, from, block, called);
    else if (node.kind === 'with') collectCalls(program, from, node.body, called);
  }
}

/** What all runs for one lookup have in common. */
interface Shared {
  readonly steps: { left: number };
  readonly origins: Set<Origin>;
}

/** Where the code that runs stands, and what its parameters hold. */
interface Here {
  readonly index: number;
  readonly depth: number;
  readonly key: Origin;
}

class Run {
  readonly #program: RandomProgram;
  readonly #lookup: Node;
  readonly #miss: number;
  readonly #shared: Shared;
  #seen = 0;
  #key: Origin = 'argument';
  #answer: 'handled' | 'contained' | null = null;

  constructor(program: RandomProgram, lookup: Node, miss: number, shared: Shared) {
    this.#program = program;
    this.#lookup = lookup;
    this.#miss = miss;
    this.#shared = shared;
  }

  start(entry: number): Outcome | 'not reached' | 'too long' {
    try {
      this.#call(entry, 2, 'argument');
    } catch (error) {
      if (error instanceof Flying) return { kind: 'escapes', entry, key: this.#key };
      if (error instanceof TooLong) return 'too long';
      if (!(error instanceof Answered)) throw error;
    }
    return this.#answer === null ? 'not reached' : { kind: this.#answer };
  }

  /** A task's own argument is told by the task, whoever calls it. */
  #call(index: number, depth: number, key: Origin): void {
    const fn: Fn | undefined = this.#program.fns[index];
    if (fn === undefined) return;
    try {
      this.#block(fn.body, { index, depth, key: fn.task ? 'task-argument' : key });
    } catch (error) {
      if (!(error instanceof Flying) || fn.quiet === null || !catches(fn.quiet, error.thrown)) throw error;
      this.#answer = 'handled';
    }
  }

  #block(body: readonly Node[], here: Here): void {
    for (const node of body) this.#node(node, here);
  }

  #node(node: Node, here: Here): void {
    if (this.#shared.steps.left-- <= 0) throw new TooLong();
    switch (node.kind) {
      case 'lookup':
        if (node !== this.#lookup) return;
        this.#shared.origins.add(here.key);
        if (this.#seen++ !== this.#miss) return;
        this.#key = here.key;
        throw new Flying(node.model);
      case 'call': {
        const to = targetOf(this.#program, here.index, node);
        if (to === null || (node.back && here.depth <= 0)) return;
        const key = node.arg === 'cache' || node.arg === 'literal' ? node.arg : here.key;
        return this.#call(to, node.back ? here.depth - 1 : here.depth, key);
      }
      case 'with':
        return this.#with(node, here);
      case 'try':
        return this.#try(node, here);
    }
  }

  #with(node: Extract<Node, { kind: 'with' }>, here: Here): void {
    try {
      this.#block(node.body, here);
    } catch (error) {
      if (!(error instanceof Flying) || !catches(node.caught, error.thrown)) throw error;
      this.#answer = 'handled';
    }
  }

  #try(node: Extract<Node, { kind: 'try' }>, here: Here): void {
    try {
      let failed: Flying | null = null;
      try {
        this.#block(node.body, here);
      } catch (error) {
        if (!(error instanceof Flying)) throw error;
        failed = error;
      }
      if (failed === null) this.#block(node.orelse, here);
      else this.#handle(node.clauses, failed);
    } finally {
      this.#block(node.finalbody, here);
    }
  }

  #handle(clauses: readonly Clause[], error: Flying): void {
    const { thrown } = error;
    const clause = clauses.find(({ caught }) => caught.some((name) => catches(name, thrown)));
    if (clause === undefined || clause.action === 'reraise') throw error;
    const narrow = clause.caught.some((name) => name !== 'Exception' && catches(name, thrown));
    if (clause.action === 'convert' && !narrow) throw new Flying('Trouble');
    const anyMissing = thrown !== 'Trouble' && clause.caught.every((name) => name === 'ObjectDoesNotExist');
    this.#answer = clause.action === 'report' && (!narrow || anyMissing) ? 'contained' : 'handled';
    if (clause.action === 'answer' || clause.action === 'convert') throw new Answered();
  }
}

/** An exception that the framework, or by the author's decision a caller, answers: nothing more is asked of it. */
class Answered extends Error {}

class TooLong extends Error {}

function catches(caught: Caught, thrown: Thrown): boolean {
  if (caught === 'Exception') return true;
  if (thrown === 'Trouble' || caught === 'Trouble' || caught === 'KeyError') return caught === thrown;
  return caught === 'ObjectDoesNotExist' || caught === thrown || (caught === 'Base' && thrown === 'Child');
}
