import type { Draft, Rule } from '../rule/index.ts';

/** The most specific rule first. */
export function byPrecedence(a: Rule, b: Rule): number {
  return b.meta.precedence - a.meta.precedence;
}

/** Whether a rule that need not run has something to say; one that throws has not. */
export function fits(rule: Rule, draftBy: (rule: Rule) => Draft | null): boolean {
  try {
    return draftBy(rule) !== null;
  } catch {
    return false;
  }
}
