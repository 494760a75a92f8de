import type { Applicability, Confidence, Severity } from '@danglint/core';
import type { Source } from '../harness/program.ts';

/** A program in which the rule finds nothing. */
export interface ValidCase {
  readonly name?: string;
  readonly code: Source;
}

/** A program in which the rule finds exactly `errors`, in order of path and position. */
export interface InvalidCase {
  readonly name?: string;
  readonly code: Source;
  readonly errors: readonly ExpectedError[];
  /** The changed files after safe fixes; a list has one entry for each pass. Required when a finding has a safe fix. */
  readonly output?: Output;
  /** The same with unsafe fixes as well. Required when a finding has an unsafe fix and no safe one. */
  readonly unsafeOutput?: Output;
}

export type Output = Source | readonly Source[];

/** What must hold of one finding; what is left out is not looked at. */
export interface ExpectedError {
  readonly path?: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based, in code points. */
  readonly column?: number;
  readonly rule?: string;
  readonly code?: string;
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  /** The whole message, or a pattern that it matches. */
  readonly message?: string | RegExp;
  readonly help?: string | RegExp | null;
  /** Messages of secondary places that must be there, in order, others between them allowed. */
  readonly labels?: readonly (string | RegExp)[];
  /** Applicability of the best fix, or `none`. */
  readonly fix?: Applicability | 'none';
  readonly recipe?: string;
}

export interface RuleCases {
  readonly valid: readonly (string | ValidCase)[];
  readonly invalid: readonly InvalidCase[];
}
