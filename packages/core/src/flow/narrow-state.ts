import { type Call, dottedName, type Expr } from '../syntax/index.ts';
import type { Missed } from './caught-none.ts';
import type { Site } from './verdict.ts';

/** A value that may be None, by what gave it. Two names with the same fact hold the same value. */
export interface Fact {
  /** The call or property that gave it. */
  readonly source: Expr;
  readonly call: Call | null;
  readonly by: 'query' | 'getter' | 'service' | 'caught' | 'suppressed' | 'unbound' | 'relation' | 'nulled';
  readonly method: string;
  readonly model: string | null;
  readonly decided: Site | null;
  /** Where the program checks the same relation; null for what is no foreign key. */
  readonly checked: Site | null;
  /** True for the first row of a whole table: no key chose it. */
  readonly ofTable: boolean;
  /** True for the first row of another row's, chosen by no key: none is there where the other row has none. */
  readonly ofParent: boolean;
  /** True when a fix made it so: nobody had a reason to expect None before. */
  readonly fresh: boolean;
  /** What answers the missing row and leaves None; null for all others. */
  readonly missed: Missed | null;
  /** Names that tell of it as well: a test of one of them may be a check. A name that ends in a dot stands for all methods of its owner. */
  readonly beside: ReadonlySet<string>;
  /** Names that were set where a test asked about it, each with whether it was there: a later test of one of them is a check. */
  readonly flags: ReadonlyMap<string, boolean>;
}

const NO_NAMES: ReadonlySet<string> = new Set();
const NO_FLAGS: ReadonlyMap<string, boolean> = new Map();

/** A fact of which no more is known than what `told` says. */
export function factOf(source: Expr, told: Partial<Fact> & Pick<Fact, 'by' | 'method'>): Fact {
  return {
    call: null,
    model: null,
    decided: null,
    checked: null,
    ofTable: false,
    ofParent: false,
    fresh: false,
    missed: null,
    beside: NO_NAMES,
    flags: NO_FLAGS,
    ...told,
    source,
  };
}

/** What is known at one point of a function: names that may be None, names that were checked, and the tests that led here. */
export class State {
  readonly facts: Map<string, Fact>;
  /** Dotted names that a test found to be there. */
  readonly checked: Set<string>;
  tests: readonly Expr[];
  /** Dotted names that are None, each with where that is written. */
  readonly nones: Map<string, Expr>;

  constructor(
    facts: Iterable<readonly [string, Fact]> = [],
    checked: Iterable<string> = [],
    tests: readonly Expr[] = [],
    nones: Iterable<readonly [string, Expr]> = [],
  ) {
    this.facts = new Map(facts);
    this.checked = new Set(checked);
    this.tests = tests;
    this.nones = new Map(nones);
  }

  clone(): State {
    return new State(this.facts, this.checked, this.tests, this.nones);
  }

  /** The name gets another value. */
  bind(name: string, fact: Fact | null): void {
    const inside = `${name}.`;
    for (const key of this.facts.keys()) if (key === name || key.startsWith(inside)) this.facts.delete(key);
    for (const key of this.checked) if (key === name || key.startsWith(inside)) this.checked.delete(key);
    for (const key of this.nones.keys()) if (key === name || key.startsWith(inside)) this.nones.delete(key);
    if (fact !== null) this.facts.set(name, fact);
  }

  /** The value is there: so it is under all of its names. */
  settle(fact: Fact): void {
    for (const [key, other] of this.facts) {
      if (other !== fact) continue;
      this.facts.delete(key);
      this.checked.add(key);
    }
  }

  /** The facts that one of some later states has no more. */
  settledIn(later: readonly State[]): ReadonlySet<Fact> {
    const gone = (fact: Fact): boolean => later.some(({ facts }) => ![...facts.values()].includes(fact));
    return new Set([...this.facts.values()].filter(gone));
  }

  /** A test found the name to be there. */
  check(name: string): void {
    const fact = this.facts.get(name);
    if (fact !== undefined) this.settle(fact);
    this.nones.delete(name);
    this.checked.add(name);
  }
}

/** A point that no path reaches is null. */
export type Flow = State | null;

/** What holds where paths meet: a value may be None when it may be on one of them; a check counts when all made it. */
export function join(states: readonly Flow[]): Flow {
  const alive = states.filter((state) => state !== null);
  const first = alive[0];
  if (first === undefined) return null;
  if (alive.length === 1) return first;
  const facts = alive.flatMap((state) => [...state.facts]);
  const checked = [...first.checked].filter((name) => alive.every((state) => state.checked.has(name)));
  const tests = first.tests.filter((test) => alive.every((state) => state.tests.includes(test)));
  const nones = [...first.nones].filter(([name]) => alive.every((state) => state.nones.has(name)));
  return new State(facts, checked, tests, nones);
}

/** Both outcomes of a test, which is remembered. */
export function split(state: State, test: Expr): [State, State] {
  const yes = state.clone();
  yes.tests = [...state.tests, test];
  const no = state.clone();
  no.tests = yes.tests;
  return [yes, no];
}

export function both(a: State, b: State): State {
  return join([a, b]) ?? a;
}

/** Goes on after an expression whose parts ran on different paths. */
export function replace(state: State, yes: State, no: State): void {
  const after = both(yes, no);
  state.facts.clear();
  for (const [name, fact] of after.facts) state.facts.set(name, fact);
}

/** The names of a target get values that say nothing. */
export function bindTarget(target: Expr, state: State): void {
  if (target.kind === 'Tuple' || target.kind === 'List')
    for (const part of target.elts) bindTarget(part, state);
  else if (target.kind === 'Starred') bindTarget(target.value, state);
  else {
    const name = dottedName(target);
    if (name !== null) state.bind(name, null);
  }
}
