import { existsSync } from 'node:fs';
import { leavesOut, type Report, type Session } from '@danglint/core';
import { compare, fingerprint, type Places } from '../adopt/baseline.ts';
import type { Baseline, Entry } from '../adopt/baseline-file.ts';
import { type Before, findingsBefore, madeBy } from '../adopt/before.ts';
import { ChangeFilter, type Changes, changesOf } from '../adopt/changed.ts';
import { absolutePath } from '../format/view.ts';
import type { Issue } from '../production/issue.ts';
import { type Production, productionOf } from '../production/production.ts';
import type { Project } from '../project/project.ts';
import type { CheckFlags } from './check-flags.ts';

/** The findings of a run that are its business, and what was left out. */
export interface Narrowed {
  readonly reports: readonly Report[];
  /** Findings that the baseline lists. */
  readonly known: readonly Report[];
  readonly stale: readonly Entry[];
  /** What production says of the findings; null without data. */
  readonly production: Production | null;
}

/** The program as it was found: what decides about findings one by one. */
export interface Narrowing {
  readonly project: Project;
  readonly session: Session;
  /** Null: there is none. */
  readonly baseline: Baseline | null;
  /** What findings must have to do with; null: anything. */
  readonly changes: Changes | null;
  /** What the program before the change says; null without `changes`. */
  readonly before: Before | null;
  /** Issues from production; null without data. */
  readonly issues: readonly Issue[] | null;
  readonly flags: Pick<CheckFlags, 'sort' | 'minEvents'>;
}

/**
 * Findings that stand: per-file-ignores, then the baseline, then what changed, then what crashed often enough. `all`: reports on
 * the targets, where they are known already.
 */
export function narrow(
  narrowing: Narrowing,
  all: readonly Report[] = standing(narrowing.project, narrowing.session),
): Narrowed {
  const { session, issues, flags } = narrowing;
  const production = issues === null ? null : productionOf(issues, all, session);
  const { reports, known, stale } = adopted(narrowing, all);
  const events = (report: Report): number => production?.shares.get(report)?.events ?? 0;
  const often =
    flags.minEvents === 0 ? reports : reports.filter((report) => events(report) >= flags.minEvents);
  const users = (report: Report): number => production?.shares.get(report)?.users ?? 0;
  const sorted =
    flags.sort === 'location'
      ? often
      : often.toSorted((a, b) => events(b) - events(a) || users(b) - users(a));
  return { reports: sorted, known, stale, production };
}

function adopted(
  { project, session, baseline, changes, before }: Narrowing,
  reports: readonly Report[],
): Pick<Narrowed, 'reports' | 'known' | 'stale'> {
  const { fresh, known, stale } =
    baseline === null
      ? { fresh: reports, known: [], stale: [] }
      : compare(reports, baseline, textOf(session), placesOf(project));
  if (changes === null || before === null) return { reports: fresh, known, stale };
  const filter = new ChangeFilter(session, changes);
  const made = madeBy(reports, before, textOf(session));
  return { reports: fresh.filter((report) => made.has(report) || filter.concerns(report)), known, stale };
}

/** What the program before the change said of its findings. */
export async function beforeNow(
  project: Project,
  session: Session,
  changes: Changes | null,
): Promise<Before | null> {
  if (changes === null) return null;
  const { root, settings, targets, found } = project;
  const files = new Set(found.files);
  const request = { root, exclude: settings.exclude, gitignore: settings.gitignore, forceExclude: false };
  return findingsBefore({
    session,
    changes,
    belongs: (path) => files.has(path) || !leavesOut(request, absolutePath(root, path), 'file'),
    standing: (also) => standing({ ...project, targets: new Set([...targets, ...also]) }, session),
    textOf: textOf(session),
  });
}

/** What changed, when the flags ask for it; git is asked anew each time. */
export function changesNow({ root }: Project, { changes }: Pick<CheckFlags, 'changes'>): Changes | null {
  return changes === null ? null : changesOf({ root, ...changes });
}

/** Reports on the files that the paths name, per-file-ignores applied. */
export function standing(
  { root, settings, targets }: Pick<Project, 'root' | 'settings' | 'targets'>,
  session: Session,
): readonly Report[] {
  return session
    .reports(targets)
    .filter((report) => !settings.ignoredIn(absolutePath(root, report.path), report.code));
}

export function textOf(session: Session): (path: string) => string | null {
  return (path) => session.source(path)?.text ?? null;
}

/** What this run knows of the places that a baseline names. */
export function placesOf(project: Project): Places {
  return { judged: judgedBy(project), gone: (path) => !existsSync(absolutePath(project.root, path)) };
}

/** Whether this run looked for the finding of an entry: the file is a target, or gone, and the rule is on. */
export function judgedBy({ root, targets, catalog, settings }: Project): (entry: Entry) => boolean {
  return ({ path, code }) => {
    const meta = catalog.find(code);
    if (meta !== null && settings.severities.get(meta.id) === 'ignore') return false;
    return targets.has(path) || !existsSync(absolutePath(root, path));
  };
}

/** What fixes are about, decided before anything is fixed: fixes move the lines. */
export interface FixScope {
  /** Whether a finding is this run's business. */
  readonly wanted: (report: Report) => boolean;
  /** Findings that the baseline lists. */
  readonly known: readonly Report[];
}

export function fixScope(narrowing: Narrowing): FixScope {
  const { baseline, changes, flags } = narrowing;
  if (baseline === null && changes === null && flags.minEvents === 0)
    return { wanted: () => true, known: [] };
  const text = textOf(narrowing.session);
  const key = (report: Report): string => `${report.path}\0${fingerprint(report, text)}`;
  const { reports, known } = narrow(narrowing);
  const wanted = new Set(reports.map(key));
  return { wanted: (report) => wanted.has(key(report)), known };
}
