import type { Applicability, SourceFile } from '@danglint/core';

/** A fix that was applied. */
export interface AppliedFix {
  readonly path: string;
  readonly code: string;
  readonly ruleId: string;
  readonly message: string;
  readonly title: string;
  readonly recipe: string;
  readonly pattern: string;
  readonly applicability: Applicability;
  readonly why: string | null;
  /** Counted from 1. */
  readonly pass: number;
}

/** A fix that was tried and taken back, or a file that is no longer touched. */
export interface SkippedFix {
  /** What `fixKey` says of it. */
  readonly key: string;
  readonly path: string;
  readonly code: string;
  readonly ruleId: string;
  readonly title: string;
  readonly reason: string;
}

/** A changed file: what it was when it was read, and what it is now. */
export interface FixedFile {
  readonly path: string;
  readonly before: SourceFile;
  readonly after: string;
  readonly applied: readonly AppliedFix[];
}

/** What `fixAll` did, in memory only. */
export interface FixOutcome {
  /** Sorted by path; files whose text is the same as before are left out. */
  readonly files: readonly FixedFile[];
  readonly applied: readonly AppliedFix[];
  readonly skipped: readonly SkippedFix[];
  /** Findings left that only an unsafe fix would answer. */
  readonly unsafeLeft: number;
  readonly passes: number;
  /** True when the pass limit was reached with fixes left. */
  readonly unfinished: boolean;
}
