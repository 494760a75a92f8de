import type { Report, Severity } from '@danglint/core';

const WEIGHT: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/** A finding that was not there before, in words. */
export interface Gain {
  readonly path: string;
  readonly function: string | null;
  readonly text: string;
  readonly report: Report;
}

/** What a finding is, wherever its lines have moved to. */
function identity({ path, code, function: fn, message }: Report): string {
  return JSON.stringify([path, code, fn, message.replace(/\d+/g, '#')]);
}

/** The code that a finding is about, whatever a rule says of it. */
function subject(report: Report, textOf: (report: Report) => string): string {
  return JSON.stringify([report.path, report.function, textOf(report)]);
}

/** What can be compared with the findings of a changed program. */
export interface Count {
  readonly identities: ReadonlyMap<string, number>;
  /** The worst severity of the findings about one piece of code. */
  readonly subjects: ReadonlyMap<string, number>;
}

/** A summary of findings that survives the next change of the program. */
export function countFindings(reports: readonly Report[], textOf: (report: Report) => string): Count {
  const identities = new Map<string, number>();
  const subjects = new Map<string, number>();
  for (const report of reports) {
    const id = identity(report);
    identities.set(id, (identities.get(id) ?? 0) + 1);
    const about = subject(report, textOf);
    subjects.set(about, Math.max(subjects.get(about) ?? 0, WEIGHT[report.severity]));
  }
  return { identities, subjects };
}

/**
 * Findings that a change brought. One that another rule had about the same code, no milder, is not new; nor is one that
 * the next pass will answer (`answered`): a getter that gives None, and then its callers.
 */
export function gains(
  before: Count,
  after: readonly Report[],
  textOf: (report: Report) => string,
  answered: (report: Report) => boolean,
): readonly Gain[] {
  const left = new Map(before.identities);
  const found: Gain[] = [];
  for (const report of after) {
    /** A fix that leaves a comment without its finding has done its work; the comment's own fix comes in the next pass. */
    if (report.code === 'DNE900') continue;
    const id = identity(report);
    const count = left.get(id) ?? 0;
    if (count > 0) {
      left.set(id, count - 1);
      continue;
    }
    const known = before.subjects.get(subject(report, textOf));
    if ((known !== undefined && isNoWorse(report, known)) || answered(report)) continue;
    found.push({
      path: report.path,
      function: report.function,
      text: `${report.code}: ${report.message}`,
      report,
    });
  }
  return found;
}

/** What is raised by hand was raised before: a caller that answers it since only shows that the others do not. */
function isNoWorse({ severity, observation }: Report, known: number): boolean {
  return known >= WEIGHT[severity] || observation?.kind === 'raised-miss';
}
