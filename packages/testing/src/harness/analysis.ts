import type { Applicability, Confidence, Severity } from '@danglint/core';
import type { Program } from './program.ts';

/** What tests see of one finding: places as people count them, no spans. */
export interface Finding {
  readonly ruleId: string;
  readonly code: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in code points. */
  readonly column: number;
  readonly message: string;
  readonly help: string | null;
  readonly labels: readonly string[];
  /** All fixes, best first. */
  readonly fixes: readonly FixSummary[];
  /** Why recipes wrote no fix. */
  readonly refusals: readonly string[];
}

export interface FixSummary {
  readonly title: string;
  readonly recipe: string;
  readonly applicability: Applicability;
  readonly why: string | null;
}

/** Which fixes are applied: safe ones, or unsafe ones too. */
export type FixLevel = 'safe' | 'unsafe';

export interface Analysis {
  readonly findings: readonly Finding[];
  readonly fix: (level: FixLevel) => Promise<FixRun>;
}

/** What fixing a program to the end did. */
export interface FixRun {
  /** The program after each pass that changed it; empty when nothing is fixed. */
  readonly programs: readonly Program[];
  /** Fixes that were tried and taken back, in words. */
  readonly skipped: readonly string[];
}

/** Lints a program. Tests of the test tools bring their own. */
export type Analyse = (program: Program) => Promise<Analysis>;
