import type { FileEdits, Fix, Report, Session } from '@danglint/core';
import { type FixOutcome, fixAll, fixKey, resolveEdits, type SkippedFix } from '@danglint/fixer';
import type { FixPolicy } from '../config/settings.ts';
import type { Project } from '../project/project.ts';

/** The fixes of a report as the project's settings see them, best first. */
export function policyFixes(report: Report, policy: FixPolicy): readonly Fix[] {
  const fixes = report.fixes();
  if (!policy.fixable(report.code)) {
    const why = `the settings say that fixes of ${report.code} are not applied`;
    return fixes.map((fix) => ({ ...fix, applicability: 'display', why }));
  }
  const vouched = policy.vouched(report.code);
  return vouched === null ? fixes : fixes.map((fix) => revalued(fix, vouched));
}

/** The same after `--fix` took some back: these are shown, and no other run would apply them. */
export function remainingFixes(
  report: Report,
  policy: FixPolicy,
  skipped: readonly SkippedFix[],
  text: string,
): readonly Fix[] {
  return policyFixes(report, policy).map((fix) => {
    const key = fixKey(report, fix, text);
    const tried = skipped.find((one) => one.key === key);
    return tried === undefined ? fix : { ...fix, applicability: 'display', why: tried.reason };
  });
}

function revalued(fix: Fix, vouched: 'safe' | 'unsafe'): Fix {
  if (fix.applicability === 'display' || fix.applicability === vouched) return fix;
  if (vouched === 'safe') return { ...fix, applicability: 'safe', why: null };
  return { ...fix, applicability: 'unsafe', why: 'the settings count fixes of this rule as unsafe' };
}

/** The edits of a fix with its imports, by file; the file of the finding comes first. */
export function shownChanges(
  session: Session,
  report: Report,
  fix: Fix,
): readonly Pick<FileEdits, 'path' | 'edits'>[] {
  const parts: readonly FileEdits[] = [
    { path: report.path, edits: fix.edits, imports: fix.imports },
    ...fix.others,
  ];
  return parts.map(({ path, edits, imports }) => {
    const source = session.source(path);
    const facts = session.facts(path);
    if (source === null || facts === null) return { path, edits };
    return { path, edits: resolveEdits(source, facts, { edits, imports }) };
  });
}

/** Fixes findings of the targets of a project in memory. `alone`: no fix may reach into another file. */
export function fixProject(
  session: Session,
  { settings, targets }: Project,
  absolute: (path: string) => string,
  alone: boolean,
  wanted: (report: Report) => boolean,
): FixOutcome {
  const { fixPolicy, ignoredIn, unsafeFixes } = settings;
  return fixAll(session, {
    unsafe: unsafeFixes,
    only: targets,
    fixable: (report) =>
      fixPolicy.fixable(report.code) &&
      wanted(report) &&
      !ignoredIn(absolute(report.path), report.code) &&
      !(alone && report.fixes().some(({ others }) => others.length > 0)),
    vouched: (report) => fixPolicy.vouched(report.code),
  });
}
