import type { Judgement } from '../flow/index.ts';
import type { Draft, Report, Rule } from '../rule/index.ts';

/** The most specific rule first. */
export function byPrecedence(a: Rule, b: Rule): number {
  return b.meta.precedence - a.meta.precedence;
}

/**
 * Whether a rule says no more than another one does: that the row may be gone, whatever the key or the code around (codes with a
 * zero in front); and for a domain of a program also where the key comes from. Rules of a plugin and of danglint say nothing
 * for each other.
 */
export function isMoreGeneral(rule: Rule, other: Rule): boolean {
  const [mine, others] = [rule.meta.code, other.meta.code].map((code) => /^([A-Z]+)(\d)(\d)/.exec(code));
  if (mine == null || others == null || mine[1] !== others[1]) return false;
  const [, , band, ten] = mine;
  return band === '0'
    ? others[2] !== '0'
    : band === '1' && ten === '0' && others[2] === '1' && others[3] === '1';
}

/** Whether a rule that need not run has something to say; one that throws has not. */
export function fits(rule: Rule, draftBy: (rule: Rule) => Draft | null): boolean {
  try {
    return draftBy(rule) !== null;
  } catch {
    return false;
  }
}

/** The lookups that no report of something else speaks for. */
export function unspoken(judgements: readonly Judgement[], others: readonly Report[]): readonly Judgement[] {
  return judgements.filter((judgement) => !others.some((report) => speaksFor(report, judgement)));
}

/** A handler that dies is what is wrong with the lookups in its `try`: mended, it answers them. */
function speaksFor({ observation }: Report, { lookup }: Judgement): boolean {
  if (observation?.kind !== 'abstract-handler' || observation.path !== lookup.path) return false;
  return observation.tried.start <= lookup.span.start && lookup.span.end <= observation.tried.end;
}
