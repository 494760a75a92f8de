import type { Applicability, Fix, Report } from '@danglint/core';

/** A fix that may be applied in this pass, with the finding it is for. */
export interface Candidate {
  readonly report: Report;
  readonly fix: Fix;
  readonly applicability: Applicability;
  /** The same for the same fix of the same code in another pass, wherever its lines have moved to. */
  readonly key: string;
}

/** Whose fixes are wanted. */
export interface Choice {
  readonly unsafe: boolean;
  readonly fixable: (report: Report) => boolean;
  /** What the project vouches for, by rule: it overrides what a fix says of itself. */
  readonly vouched: (report: Report) => 'safe' | 'unsafe' | null;
  /** False for fixes that were tried and did harm. */
  readonly allowed: (key: string) => boolean;
}

/** The fix to apply for each finding: its first safe one, else its first unsafe one when these are wanted. */
export function chooseFixes(
  reports: readonly Report[],
  choice: Choice,
  textOf: (report: Report) => string,
): readonly Candidate[] {
  const chosen: Candidate[] = [];
  for (const report of innerFirst(reports)) {
    if (!choice.fixable(report)) continue;
    const candidates = report
      .fixes()
      .map((fix) => candidateOf(report, fix, choice, textOf(report)))
      .filter(({ key }) => choice.allowed(key));
    const safe = candidates.find(({ applicability }) => applicability === 'safe');
    const unsafe = choice.unsafe
      ? candidates.find(({ applicability }) => applicability === 'unsafe')
      : undefined;
    const best = safe ?? unsafe;
    if (best !== undefined) chosen.push(best);
  }
  return chosen;
}

function candidateOf(report: Report, fix: Fix, { vouched }: Choice, text: string): Candidate {
  const own = fix.applicability;
  const applicability = own === 'display' ? own : (vouched(report) ?? own);
  return {
    report,
    fix,
    applicability,
    key: fixKey(report, fix, text),
  };
}

/** Names a fix of a finding in whatever pass or run; `text` is the source that the finding points at. */
export function fixKey(
  { path, code }: Pick<Report, 'path' | 'code'>,
  { recipe, group }: Pick<Fix, 'recipe' | 'group'>,
  text: string,
): string {
  return JSON.stringify([[path, code, group, text], recipe]);
}

/** What all fixes of one finding have in common in their keys. */
export function findingOf(key: string): string {
  return key.slice(0, key.lastIndexOf(','));
}

/** By place. A lookup inside the arguments of another one ends first, and so comes first: the outer one then finds a plain name. */
function innerFirst(reports: readonly Report[]): readonly Report[] {
  return [...reports].sort((a, b) => {
    if (a.path !== b.path) return a.path < b.path ? -1 : 1;
    return a.span.end - b.span.end || b.span.start - a.span.start;
  });
}
