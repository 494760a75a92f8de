import type { Report, Session } from '@danglint/core';
import { type Candidate, chooseFixes, type Choice, findingOf } from './candidate.ts';
import { type Count, countFindings, gains } from './findings.ts';
import { gives, reasonOf, withoutGuards } from './guards.ts';
import type { AppliedFix, FixedFile, FixOutcome, SkippedFix } from './outcome.ts';
import { settle } from './settle.ts';
import { applyHarmless } from './trial.ts';
import { Workspace } from './workspace.ts';

export interface FixOptions {
  /** Apply fixes that are not proven safe as well. */
  readonly unsafe: boolean;
  /** Files whose findings are fixed; all when it is left out. */
  readonly only?: ReadonlySet<string>;
  readonly fixable?: (report: Report) => boolean;
  /** What the project vouches for, by rule. */
  readonly vouched?: (report: Report) => 'safe' | 'unsafe' | null;
  readonly maxPasses?: number;
  /** Judge the changed program after each pass and take back fixes that bring new findings. On by default. */
  readonly judge?: boolean;
}

/** One function gets one fix a pass, so a long one needs as many passes as it has lookups. */
const MAX_PASSES = 100;

/**
 * Fixes a program in memory until nothing is left to fix. The session holds the fixed program afterwards; the disk is not
 * touched (`writeFixes`). Same program, same options: same outcome.
 */
export function fixAll(session: Session, options: FixOptions): FixOutcome {
  return new Fixer(session, options).run();
}

class Fixer {
  readonly #session: Session;
  readonly #options: FixOptions;
  readonly #workspace: Workspace;
  readonly #applied: { readonly candidate: Candidate; readonly pass: number }[] = [];
  readonly #skipped: SkippedFix[] = [];
  readonly #refused = new Set<string>();
  /** The findings of the program as it is, when the last pass found them. */
  #known: readonly Report[] | null = null;

  constructor(session: Session, options: FixOptions) {
    this.#session = session;
    this.#options = options;
    this.#workspace = new Workspace(session);
  }

  run(): FixOutcome {
    const before = this.#countAll();
    let ended = this.#passes();
    while (!ended.more && this.#takesBack(before)) ended = this.#passes();
    return {
      files: this.#files(),
      applied: this.#applied.map(({ candidate, pass }) => appliedFix(candidate, pass)),
      skipped: this.#skipped.filter(({ key }) => !this.#answered(key)),
      unsafeLeft: this.#options.unsafe ? 0 : this.#candidates(true).length,
      passes: ended.passes,
      unfinished: ended.more && this.#candidates(this.#options.unsafe).length > 0,
    };
  }

  /** True for a fix that did harm where another one of the same finding was applied in its place. */
  #answered(key: string): boolean {
    return this.#applied.some(
      ({ candidate }) => candidate.key !== key && findingOf(candidate.key) === findingOf(key),
    );
  }

  #passes(): { readonly passes: number; readonly more: boolean } {
    const limit = this.#options.maxPasses ?? MAX_PASSES;
    let pass = 0;
    let more = true;
    while (more && pass < limit) {
      pass++;
      more = this.#pass(pass);
    }
    return { passes: more ? pass : pass - 1, more };
  }

  #countAll(): Count {
    this.#known = this.#session.reports();
    return countFindings(this.#known, this.#workspace.textOf);
  }

  /**
   * Starts again without the getters that give None to a caller whose own fix, which they counted on, did harm. False when
   * there are none.
   */
  #takesBack(before: Count): boolean {
    const none = this.#applied.filter(({ candidate }) => candidate.fix.givesNone === true);
    if (none.length === 0 || this.#options.judge === false) return false;
    const reports = this.#known ?? this.#session.reports();
    const gained = gains(before, reports, this.#workspace.textOf, () => false);
    const culprits = gained.flatMap((gain) =>
      none.flatMap(({ candidate }) =>
        gives(this.#workspace, candidate, gain) ? [{ candidate, reason: reasonOf(gain) }] : [],
      ),
    );
    if (culprits.length === 0) return false;
    this.#workspace.reset();
    this.#applied.length = 0;
    this.#known = null;
    for (const { candidate, reason } of culprits)
      if (!this.#refused.has(candidate.key)) this.#refuse(candidate, reason);
    return true;
  }

  /** One round of fixes; false when there was nothing left to try. */
  #pass(pass: number): boolean {
    const reports = this.#known ?? this.#session.reports();
    const candidates = this.#candidates(this.#options.unsafe, reports);
    const { accepted } = settle(withoutGuards(this.#workspace, candidates));
    if (accepted.length === 0) return false;
    const context = {
      session: this.#session,
      workspace: this.#workspace,
      reports,
      judge: this.#options.judge ?? true,
      rulesOf: (path: string) => this.#rulesOf(path, accepted),
      answered: (report: Report) => this.#endsWith(report),
    };
    const result = applyHarmless(context, accepted);
    for (const { candidate, reason } of result.bad) this.#refuse(candidate, reason);
    for (const candidate of result.applied) this.#applied.push({ candidate, pass });
    this.#known = result.reports;
    return true;
  }

  #candidates(
    unsafe: boolean,
    reports: readonly Report[] = this.#session.reports(this.#options.only),
  ): readonly Candidate[] {
    const { only, fixable = () => true, vouched = () => null } = this.#options;
    const choice: Choice = { unsafe, fixable, vouched, allowed: (key) => !this.#refused.has(key) };
    const wanted = only === undefined ? reports : reports.filter(({ path }) => only.has(path));
    return chooseFixes(wanted, choice, this.#workspace.textOf);
  }

  /** True when a fix of the next pass answers a new finding for good: one that hands None on to callers of its own does not. */
  #endsWith(report: Report): boolean {
    const called = report.observation?.host.called !== false;
    return this.#candidates(this.#options.unsafe, [report]).some(
      ({ fix }) => fix.givesNone !== true || !called,
    );
  }

  #refuse({ key, report, fix }: Candidate, reason: string): void {
    this.#refused.add(key);
    this.#skipped.push({
      key,
      path: report.path,
      code: report.code,
      ruleId: report.ruleId,
      title: fix.title,
      reason,
    });
  }

  /** The rules whose fixes are about to change a file, and those that changed it last. */
  #rulesOf(path: string, now: readonly Candidate[]): string {
    const present = now.filter(({ report }) => report.path === path).map(({ report }) => report.code);
    const last = this.#applied.filter(({ candidate }) => candidate.report.path === path);
    const before = last
      .filter(({ pass }) => pass === last.at(-1)?.pass)
      .map(({ candidate }) => candidate.report.code);
    return [...new Set([...before, ...present])].join(' and ');
  }

  #files(): readonly FixedFile[] {
    return this.#workspace.changed().flatMap((path) => {
      const before = this.#workspace.original(path);
      const after = this.#workspace.source(path)?.text;
      if (before === null || after === undefined || before.text === after) return [];
      const own = this.#applied.filter(({ candidate }) => candidate.report.path === path);
      const applied = own.map(({ candidate, pass }) => appliedFix(candidate, pass));
      return [{ path, before, after, applied }];
    });
  }
}

function appliedFix({ report, fix, applicability }: Candidate, pass: number): AppliedFix {
  const { path, code, ruleId, message } = report;
  const { title, recipe, pattern, why } = fix;
  return { path, code, ruleId, message, title, recipe, pattern, applicability, why, pass };
}
