import type { Report, Session } from '@danglint/core';
import type { Candidate } from './candidate.ts';
import { countFindings, gains } from './findings.ts';
import { type Blame, gainProblem, type Problem, suspects, syntaxProblem, textProblem } from './guards.ts';
import type { Workspace } from './workspace.ts';

export interface TrialContext {
  readonly session: Session;
  readonly workspace: Workspace;
  /** All findings of the program as it is. */
  readonly reports: readonly Report[];
  /** Judge the changed program and refuse new findings. */
  readonly judge: boolean;
  readonly rulesOf: (path: string) => string;
  /** True for a finding that a later pass will fix. */
  readonly answered: (report: Report) => boolean;
}

/** What came of a pass: fixes that are applied now, and those that did harm, each with its reason. */
export interface TrialResult {
  readonly applied: readonly Candidate[];
  readonly bad: readonly Blame[];
  /** All findings of the changed program, where they are known already. */
  readonly reports: readonly Report[] | null;
}

/**
 * Applies the fixes that do no harm together. All are tried at once. While that does harm, those that it comes from beyond
 * doubt are left out; when none can be named, the likely culprits are tried apart from the rest, or each half by itself.
 * Every trial judges the whole program, so there are as few as can be. Fixes that only harm in company wait for the next pass.
 */
export function applyHarmless(context: TrialContext, fixes: readonly Candidate[]): TrialResult {
  const counts = countFindings(context.reports, context.workspace.textOf);
  const bad: Blame[] = [];
  let left = fixes;
  for (;;) {
    const all = attempt(context, counts, left);
    if (all.problem === null) {
      all.keep();
      return { applied: left, bad, reports: all.reports };
    }
    all.undo();
    const { blamed = [] } = all.problem;
    if (blamed.length === 0) return sortedOut(context, counts, left, all.problem, bad);
    bad.push(...blamed);
    left = left.filter((fix) => !blamed.some(({ candidate }) => candidate === fix));
  }
}

function sortedOut(
  context: TrialContext,
  counts: ReturnType<typeof countFindings>,
  fixes: readonly Candidate[],
  problem: Problem,
  known: readonly Blame[],
): TrialResult {
  const check = (subset: readonly Candidate[]): Problem | null => {
    const tried = attempt(context, counts, subset);
    tried.undo();
    return tried.problem;
  };
  const { good, bad } = split(check, fixes, problem);
  attempt({ ...context, judge: false }, counts, good).keep();
  return { applied: good, bad: [...known, ...bad], reports: null };
}

interface Split {
  readonly good: readonly Candidate[];
  readonly bad: TrialResult['bad'];
}

type Check = (fixes: readonly Candidate[]) => Problem | null;

function search(check: Check, fixes: readonly Candidate[]): Split {
  const problem = fixes.length === 0 ? null : check(fixes);
  return problem === null ? { good: fixes, bad: [] } : split(check, fixes, problem);
}

/** Sorts out fixes that are known to do harm together. */
function split(check: Check, fixes: readonly Candidate[], problem: Problem): Split {
  const [first] = fixes;
  if (first === undefined) return { good: [], bad: [] };
  if (fixes.length === 1) return { good: [], bad: [{ candidate: first, reason: problem.reason }] };
  const likely = suspects(problem, fixes);
  const apart =
    likely.length > 0 && likely.length < fixes.length ? likely : fixes.slice(0, Math.ceil(fixes.length / 2));
  const rest = search(
    check,
    fixes.filter((fix) => !apart.includes(fix)),
  );
  const others = search(check, apart);
  const both = fixes.filter((fix) => rest.good.includes(fix) || others.good.includes(fix));
  const together = rest.good.length === 0 || others.good.length === 0 || check(both) === null;
  return { good: together ? both : rest.good, bad: [...rest.bad, ...others.bad] };
}

interface Attempt {
  readonly problem: Problem | null;
  readonly reports: readonly Report[] | null;
  readonly undo: () => void;
  readonly keep: () => void;
}

/** Applies fixes and looks at the changed program; the caller decides what becomes of the change. */
function attempt(
  { session, workspace, judge, rulesOf, answered }: TrialContext,
  before: ReturnType<typeof countFindings>,
  fixes: readonly Candidate[],
): Attempt {
  const texts = workspace.plan(fixes);
  const early = textProblem(workspace, texts, rulesOf);
  if (early !== null) return { problem: early, reports: null, undo: () => {}, keep: () => {} };
  const errors = new Map([...texts.keys()].map((path) => [path, workspace.faults(path)]));
  const change = workspace.apply(texts, fixes);
  const broken = syntaxProblem(workspace, errors);
  if (broken !== null || !judge) return { problem: broken, reports: null, ...change };
  const reports = session.reports();
  return {
    problem: gainProblem(workspace, gains(before, reports, workspace.textOf, answered), fixes),
    reports,
    ...change,
  };
}
