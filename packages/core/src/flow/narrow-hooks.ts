import type { Call, Expr } from '../syntax/index.ts';
import type { NeverBound } from './caught-none.ts';
import type { Fact, State } from './narrow-state.ts';
import type { OptionalRow } from './observation.ts';
import type { Handed } from './promises.ts';

/** What the walk through a function tells and asks. */
export interface NarrowHooks {
  /** The fact about a value that a call or an attribute gives; null when it is no optional one. */
  readonly optional: (expr: Expr, state: State) => Fact | null;
  /** A value that may be None is used as if it were there, at a place where nothing catches that. */
  readonly used: (fact: Fact, at: Expr, use: OptionalRow['use'], name: string | null, state: State) => void;
  /** An item is read. */
  readonly item: (
    expr: Extract<Expr, { kind: 'Subscript' }>,
    state: State,
    caught: (error: string) => boolean,
  ) => void;
  /** A value is taken apart into names. */
  readonly unpacked: (target: Expr, value: Expr, state: State, caught: (error: string) => boolean) => void;
  /** The function gives the value away as its result. */
  readonly returned: (fact: Fact, value: Expr) => void;
  /** The function gives None where the value is None: `if row is None: return None`. */
  readonly gaveUp: (fact: Fact) => void;
  /** The value is handed on otherwise. */
  readonly handed: (fact: Fact, value: Expr, to: Handed) => void;
  readonly neverBound: NeverBound;
  /** True for a call that never comes back. */
  readonly leaves: (call: Call) => boolean;
}

/** Hooks that ask and tell nothing. */
export const SILENT_HOOKS: NarrowHooks = {
  optional: () => null,
  used: () => undefined,
  item: () => undefined,
  unpacked: () => undefined,
  returned: () => undefined,
  gaveUp: () => undefined,
  handed: () => undefined,
  neverBound: () => false,
  leaves: () => false,
};
