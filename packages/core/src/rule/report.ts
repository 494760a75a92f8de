import type { Confidence, Judgement, Observation } from '../flow/index.ts';
import type { Span } from '../text/index.ts';
import type { Fix, Refusal } from './fix.ts';

export type Severity = 'error' | 'warning' | 'info';

/** A secondary place of a finding: one step of the exception's path, or a related line. */
export interface Label {
  readonly path: string;
  readonly span: Span;
  readonly message: string;
}

/** One finding. Fixes are built only when asked for, best first. */
export interface Report {
  /** Kebab-case name of the rule. */
  readonly ruleId: string;
  readonly code: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly path: string;
  readonly span: Span;
  readonly message: string;
  readonly labels: readonly Label[];
  /** What to do, one or more lines; null when the message says it all. */
  readonly help: string | null;
  /** Qualified name of the function the finding stands in; null for findings about a whole file. */
  readonly function: string | null;
  /** The lookup behind the finding, when there is one. */
  readonly judgement: Judgement | null;
  /** What was seen, for a finding that is not one lookup. */
  readonly observation?: Observation;
  /** Other rules, on or off, that say the same of this place: a comment or a baseline that names one of them holds. */
  readonly also?: () => readonly { readonly code: string; readonly ruleId: string }[];
  readonly fixes: () => readonly Fix[];
  /** Recipes that looked at the place and refused, with the reason. Filled after `fixes()` ran. */
  readonly refusals: () => readonly Refusal[];
}
