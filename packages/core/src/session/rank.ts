import type { Draft, Rule } from '../rule/index.ts';

/** The most specific rule first. */
export function byPrecedence(a: Rule, b: Rule): number {
  return b.meta.precedence - a.meta.precedence;
}

/** Whether rules have codes of one prefix: those of a plugin and those of danglint do not speak for each other. */
export function isKin(a: Rule, b: Rule): boolean {
  return familyOf(a) === familyOf(b);
}

const familyOf = ({ meta }: Rule): string => meta.code.replace(/[0-9]+$/, '');

/** Whether a rule that need not run has something to say; one that throws has not. */
export function fits(rule: Rule, draftBy: (rule: Rule) => Draft | null): boolean {
  try {
    return draftBy(rule) !== null;
  } catch {
    return false;
  }
}
