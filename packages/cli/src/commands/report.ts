import type { Report } from '@danglint/core';
import type { SkippedFix } from '@danglint/fixer';
import type { Outcome } from '../exit.ts';
import type { Finding } from '../format/finding.ts';
import { count } from '../format/text.ts';
import type { Checking } from './checking.ts';
import { emit, forPeople, summarize } from './emit.ts';
import { viewOf } from './inspect.ts';
import { tellProduction } from './load-production.ts';
import { narrow, type Narrowed, standing } from './narrow.ts';
import { missingOperands, narrowerProgram } from './notes.ts';
import { outcomeOf } from './outcome.ts';

/** What a run found, ready to be shown. */
export interface Result {
  /** Reports on the targets, those of the baseline too. */
  readonly all: readonly Report[];
  readonly narrowed: Narrowed;
  readonly findings: readonly Finding[];
}

/** What happened before the report. */
interface After {
  /** Files were fixed. */
  readonly changed: boolean;
  /** Standard output may already hold a fixed source. */
  readonly to: 'stdout' | 'stderr';
  /** Fixes that were tried and taken back. */
  readonly skipped: readonly SkippedFix[];
}

const NOTHING: After = { changed: false, to: 'stdout', skipped: [] };

/** Prints the findings that stand now. */
export async function report(checking: Checking, after: After = NOTHING): Promise<Outcome> {
  if (checking.flags.fixOnly) return outcomeOf([], after.changed, checking.flags);
  const all = standing(checking.project, checking.session);
  return show(checking, resultOf(checking, all, new Map(), after.skipped), after);
}

/** The findings that stand now, those of `all` where that is known; `known`: reports that were resolved before. */
export function resultOf(
  checking: Checking,
  all: readonly Report[] = standing(checking.project, checking.session),
  known: ReadonlyMap<Report, Finding> = new Map(),
  skipped: readonly SkippedFix[] = [],
): Result {
  const { project, session } = checking;
  const view = viewOf(project, session, skipped);
  const narrowed = narrow(checking, all);
  const { reports, production } = narrowed;
  tellWork(checking, reports.length);
  const findings = reports.map(
    (one) => known.get(one) ?? view.finding(one, production?.shares.get(one) ?? null),
  );
  return { all, narrowed, findings };
}

/** How much was done, for those who wonder where the time goes. */
function tellWork({ session, log }: Checking, findings: number): void {
  if (log.level !== 'verbose') return;
  const { functions, characters, types, calls, steps } = session.work();
  log.verbose(
    `${findings} findings: ${functions} functions in ${characters} characters; ${types} types and ${calls} calls inferred, ${steps} functions that exceptions came to`,
  );
}

/** Prints findings and what is to be said about them. */
export async function show(
  checking: Checking,
  { narrowed, findings }: Result,
  { changed, to }: After = NOTHING,
): Promise<Outcome> {
  const { flags, project, input, log } = checking;
  const { production } = narrowed;
  await emit(findings, { project, flags, env: input.env, to });
  if (forPeople(checking)) {
    summarize(findings, checking);
    const narrower = narrowerProgram(project);
    if (narrower !== null) log.summary(narrower);
  }
  tellLeftOut(checking, narrowed);
  tellTraces(checking);
  if (production !== null && flags.asksProduction) tellProduction(production, log);
  const stale = narrowed.stale.map(() => ({ severity: 'info' as const }));
  const unread = missingOperands(project, input.operands).map(() => ({ severity: 'error' as const }));
  return outcomeOf([...narrowed.reports, ...stale, ...unread], changed, flags);
}

/** Where rules died, for their authors. */
function tellTraces({ input, session, log }: Checking): void {
  if ((input.env['DANGLINT_DEBUG'] ?? '') === '') return;
  for (const { meta, error } of session.failures())
    log.warn(`${meta.id}: ${(error instanceof Error ? error.stack : null) ?? String(error)}`);
}

/** What the baseline has to do with the result. */
function tellLeftOut(checking: Checking, { known, stale }: Narrowed): void {
  const { log } = checking;
  if (known.length > 0 && forPeople(checking))
    log.summary(
      `${count(known.length, 'finding')} of the baseline ${known.length === 1 ? 'is' : 'are'} not shown.`,
    );
  const total = stale.reduce((sum, entry) => sum + entry.count, 0);
  if (total === 0) return;
  log.warn(
    `the baseline lists ${count(total, 'finding')} that ${total === 1 ? 'is' : 'are'} gone; \`--update-baseline\` drops them`,
  );
  for (const { path, code } of stale) log.verbose(`gone: ${path}: ${code}`);
}
