import { compareReports, type Report } from '@danglint/core';
import type { Finding } from '../format/finding.ts';
import { absolutePath } from '../format/view.ts';
import { print, printError } from '../output/streams.ts';
import type { Checking } from './checking.ts';
import { type Result, resultOf, show } from './report.ts';

/** Clears the screen and what scrolled out of it. */
const CLEAR = '\u{1b}[2J\u{1b}[3J\u{1b}[H';
const CLEAR_LINE = '\r\u{1b}[K';

/** Files that are judged between two looks at whether something was saved. */
const STRIDE = 8;

/** A whole program that is judged within this time is never shown in two steps. */
const SHORT = 250;

export async function clearScreen(): Promise<void> {
  if (process.stdout.isTTY) await print(CLEAR);
}

/** What stands on the screen. */
export interface Drawn {
  readonly result: Result;
  /** False: something was saved before all of it was judged. */
  readonly complete: boolean;
  /** Milliseconds that the last whole program took. */
  readonly whole: number;
}

/** A program after a save. */
export interface Save {
  readonly checking: Checking;
  /** Files that changed, from the root. */
  readonly changed: ReadonlySet<string>;
  /** What stood on the screen before. */
  readonly before: Drawn;
  readonly start: number;
  /** Whether something was saved meanwhile. */
  readonly hasNews: () => boolean;
}

/** Judges and shows the whole program. */
export async function drawAll(checking: Checking): Promise<Drawn> {
  const start = performance.now();
  const result = resultOf(checking);
  await show(checking, result);
  return { result, complete: true, whole: performance.now() - start };
}

/**
 * After a save, on a terminal: what the saved files say is shown at once, with the findings of all other files as they stood.
 * Then the rest is judged, and the screen drawn anew where that came to something else. A save in between ends it.
 */
export async function drawSave({ checking, changed, before, start, hasNews }: Save): Promise<Drawn> {
  const { issues, changes } = checking;
  const asWhole = !process.stdout.isTTY || issues !== null || changes !== null || before.whole < SHORT;
  if (asWhole) {
    await clearScreen();
    return drawAll(checking);
  }
  const first = firstResult(checking, before.result, changed);
  await clearScreen();
  await show(checking, first);
  const loud = checking.log.level === 'normal' || checking.log.level === 'verbose';
  if (loud) printError(`${Math.round(performance.now() - start)} ms; judging the files around it`);
  const began = performance.now();
  if (!(await judged(checking, hasNews))) return { result: first, complete: false, whole: before.whole };
  const result = resultOf(checking);
  const whole = performance.now() - began;
  if (loud) printError(CLEAR_LINE);
  if (signature(result) !== signature(first)) {
    await clearScreen();
    await show(checking, result);
  }
  return { result, complete: true, whole };
}

/** Findings of the files that changed, and of those whose path or fix leads through them; the others as they were. */
function firstResult(checking: Checking, last: Result, changed: ReadonlySet<string>): Result {
  const { session, project } = checking;
  const known = new Map(last.findings.map((finding) => [finding.report, finding]));
  const stale = new Set([...project.targets].filter((path) => changed.has(path)));
  for (const report of last.all) if (leadsThrough(report, known.get(report), changed)) stale.add(report.path);
  const fresh = session
    .reports(stale)
    .filter((report) => !project.settings.ignoredIn(absolutePath(project.root, report.path), report.code));
  const kept = last.all.filter(({ path }) => !stale.has(path));
  return resultOf(checking, [...kept, ...fresh].sort(compareReports), known);
}

function leadsThrough(report: Report, finding: Finding | undefined, changed: ReadonlySet<string>): boolean {
  return (
    report.labels.some(({ path }) => changed.has(path)) ||
    (finding?.fix?.changes ?? []).some(({ file }) => changed.has(file.path))
  );
}

/** Judges the whole program, some files at a time; false when something was saved meanwhile. */
async function judged({ session }: Checking, hasNews: () => boolean): Promise<boolean> {
  const paths = session.paths();
  for (let at = 0; at < paths.length; at += STRIDE) {
    await new Promise((resolve) => setImmediate(resolve));
    if (hasNews()) return false;
    const some = new Set(paths.slice(at, at + STRIDE));
    session.judgements(some);
    session.observations(some);
  }
  return true;
}

/** All that a screen tells of its findings. */
function signature({ findings, narrowed: { known, stale } }: Result): string {
  const all = findings.map(({ report, fix }) => [
    report.code,
    report.path,
    report.span,
    report.severity,
    report.message,
    report.labels,
    report.help,
    fix === null
      ? null
      : [fix.fix.title, fix.fix.applicability, fix.fix.why, fix.changes.map(({ edits }) => edits)],
  ]);
  return JSON.stringify([all, known.length, stale.length]);
}
