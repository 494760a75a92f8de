import type { FileEdits, Fix, RecipeRegistry, Report, Session } from '@danglint/core';
import type { FixPolicy } from '../config/settings.ts';

export const RECIPES: RecipeRegistry = new Map();

/** The fixes of a report as the project's settings see them, best first. */
export function policyFixes(report: Report, policy: FixPolicy): readonly Fix[] {
  const fixes = report.fixes();
  if (!policy.fixable(report.code)) {
    return fixes.map((fix) => ({
      ...fix,
      applicability: 'display',
      why: `the settings say that ${report.code} is not fixable`,
    }));
  }
  const vouched = policy.vouched(report.code);
  if (vouched === null) return fixes;
  return fixes.map((fix) => revalued(fix, vouched));
}

function revalued(fix: Fix, vouched: 'safe' | 'unsafe'): Fix {
  if (fix.applicability === 'display' || fix.applicability === vouched) return fix;
  if (vouched === 'safe') return { ...fix, applicability: 'safe', why: null };
  return { ...fix, applicability: 'unsafe', why: 'the settings count fixes of this rule as unsafe' };
}

/** The edits of a fix with its imports, by file. */
export function shownChanges(
  _session: Session,
  report: Report,
  fix: Fix,
): readonly Pick<FileEdits, 'path' | 'edits'>[] {
  return [{ path: report.path, edits: fix.edits }, ...fix.others];
}
