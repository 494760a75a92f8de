import type { Draft, Judgement, Lookup, Verdict } from '@danglint/core';
import { labelsOf, type Remark } from './labels.ts';
import { remedyOf } from './remedy.ts';
import { loweredSeverity } from './severity.ts';

/** What a rule says on top of the evidence. What is left out follows from the judgement. */
export interface DraftParts {
  readonly message: string;
  readonly help?: string;
  readonly recipes?: readonly string[];
  readonly remarks?: readonly Remark[];
}

/**
 * The draft of a finding. It stands at the lookup whatever the rule, so that a place keeps its diagnostic's position and
 * its suppression when another rule takes over; what else a rule points at becomes a label.
 */
export function draftOf(judgement: Judgement, finding: DraftParts): Draft {
  const remedy = remedyOf(judgement);
  return {
    span: judgement.lookup.span,
    message: finding.message,
    help: finding.help ?? remedy.help,
    labels: labelsOf(judgement, finding.remarks),
    recipes: finding.recipes ?? remedy.recipes,
    severity: loweredSeverity(judgement),
  };
}

export function escapes({ verdict }: Judgement): boolean {
  return verdict.kind === 'escapes';
}

/** True when a missing row reaches an entry point, or is stopped only by a handler that reports an error. */
export function unanswered({ verdict }: Judgement): boolean {
  return verdict.kind === 'escapes' || verdict.kind === 'contained';
}

/** True when something around the lookup answers a missing row in the lookup's own function. */
export function answeredHere({ lookup, verdict }: Judgement): boolean {
  return verdict.kind === 'handled' && verdict.path.length === 0 && isHere(lookup, verdict);
}

function isHere({ path, host }: Lookup, { by }: Extract<Verdict, { kind: 'handled' }>): boolean {
  return by.path === path && host.span.start <= by.span.start && by.span.end <= host.span.end;
}

/** True when a missing row cannot happen here, or is answered on the spot: nothing to improve for a rule about defects. */
export function settled(judgement: Judgement): boolean {
  return judgement.verdict.kind === 'guaranteed' || answeredHere(judgement);
}
