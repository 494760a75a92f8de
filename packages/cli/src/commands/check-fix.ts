import { encode, type Report } from '@danglint/core';
import {
  type FixedFile,
  findingOf,
  type FixOutcome,
  type SkippedFix,
  unifiedDiffBytes,
  whyLeftAlone,
  type WriteResult,
  writeFixes,
} from '@danglint/fixer';
import type { Outcome } from '../exit.ts';
import { fixProject, policyFixes } from '../fix/fixing.ts';
import { count, groupBy } from '../format/text.ts';
import { caller } from '../output/caller.ts';
import { printBytes } from '../output/streams.ts';
import { fixedLine } from '../output/summary.ts';
import type { Project } from '../project/project.ts';
import type { Checking } from './checking.ts';
import { report } from './report.ts';
import { changesNow, fixScope } from './narrow.ts';
import { uninterrupted } from './uninterrupted.ts';

/** Fixes that were taken back are named up to this number; `-v` names all. */
const NAMED = 5;

/** `--fix`, `--fix-only` and `--diff`. */
export async function runFix(checking: Checking): Promise<Outcome> {
  const { session, project, view, stdin, log } = checking;
  const absolute = (path: string): string => view.file(path).absolute;
  const { wanted, known } = fixScope(checking);
  const left = known.filter((report) => isFixable(report, project)).length;
  const outcome = fixProject(session, project, absolute, stdin !== null, wanted);
  log.verbose(`${outcome.applied.length} fixes in ${outcome.files.length} files, ${outcome.passes} passes`);
  tellSkipped(checking, outcome);
  const came = await written(checking, outcome);
  if (left > 0) log.summary(knownLine(left, checking));
  return came;
}

async function written(checking: Checking, outcome: FixOutcome): Promise<Outcome> {
  if (checking.flags.diff) return diff(checking, outcome);
  return checking.stdin === null ? fixFiles(checking, outcome) : fixStdin(checking, outcome);
}

function isFixable(report: Report, { settings }: Project): boolean {
  return policyFixes(report, settings.fixPolicy).some(
    ({ applicability }) => applicability === 'safe' || (applicability === 'unsafe' && settings.unsafeFixes),
  );
}

/** Findings of the baseline are not fixed: how to do it all the same. */
function knownLine(left: number, { flags, project }: Checking): string {
  const how = [
    '--no-baseline',
    flags.diff ? '--diff' : flags.fixOnly ? '--fix-only' : '--fix',
    ...(project.settings.unsafeFixes ? ['--unsafe-fixes'] : []),
  ].join(' ');
  return `${count(left, 'finding')} of the baseline can be fixed too, with \`${how}\`.`;
}

/** Shows the change; writes nothing. */
async function diff(checking: Checking, outcome: FixOutcome): Promise<Outcome> {
  const { view, flags, log } = checking;
  const files = writable(checking, outcome.files);
  const parts = files.map(({ path, before, after }) => {
    const name = view.file(path).shown.replace(/^\//, '');
    return unifiedDiffBytes({ ...before, path: name }, after);
  });
  if (flags.level !== 'silent') await printBytes(Buffer.concat(parts));
  const fixed = files.reduce((sum, { applied }) => sum + applied.length, 0);
  log.summary(fixedLine('Would fix', fixed, outcome.unsafeLeft));
  return files.length > 0 && !flags.exitZero ? 'would-change' : 'clean';
}

/** What `--fix` would leave alone is no part of the change; it is named, as `--fix` names it. */
function writable(
  { project, stdin, view, log }: Checking,
  files: readonly FixedFile[],
): readonly FixedFile[] {
  if (stdin !== null) return files;
  return files.filter(({ path }) => {
    const reason = whyLeftAlone(path, project.root);
    if (reason !== null) log.warn(`${view.file(path).shown} cannot be fixed: ${reason}`);
    return reason === null;
  });
}

async function fixFiles(checking: Checking, outcome: FixOutcome): Promise<Outcome> {
  const { project, session, log } = checking;
  await caller().wanted();
  const results = uninterrupted(() => writeFixes(outcome, project.root));
  const failed = results.filter((result) => !result.ok);
  for (const { path, before } of outcome.files) {
    if (!failed.some((result) => result.path === path)) continue;
    const bytes = encode(before, before.text);
    if (bytes !== null) session.update(path, bytes);
  }
  const written = outcome.files.filter(({ path }) => !failed.some((result) => result.path === path));
  tellFixed(checking, written, outcome.unsafeLeft);
  for (const result of failed) tellFailed(checking, result);
  log.verbose(`${count(written.length, 'file')} written`);
  const changes = changesNow(project, checking.flags);
  return finish({ ...checking, changes }, written.length > 0, outcome);
}

/** Standard output gets the fixed source, whole, even when nothing was fixed: editors replace their buffer with it. */
async function fixStdin(checking: Checking, outcome: FixOutcome): Promise<Outcome> {
  const { project, session, stdin } = checking;
  const [target] = project.targets;
  const source = target === undefined ? null : session.source(target);
  await printBytes(
    (source === null ? null : encode(source, source.text)) ?? stdin?.bytes ?? new Uint8Array(),
  );
  tellFixed(checking, outcome.files, outcome.unsafeLeft);
  return finish(checking, outcome.files.length > 0, outcome);
}

async function finish(
  checking: Checking,
  changed: boolean,
  { skipped }: Pick<FixOutcome, 'skipped'>,
): Promise<Outcome> {
  return report(checking, { changed, to: checking.stdin === null ? 'stdout' : 'stderr', skipped });
}

function tellFixed({ project, view, log }: Checking, files: readonly FixedFile[], unsafeLeft: number): void {
  const applied = files.flatMap((file) => file.applied);
  if (applied.length === 0) return;
  if (project.settings.showFixes) {
    for (const { path, applied } of files) {
      log.summary(`- ${view.file(path).shown}:`);
      for (const [code, list] of groupBy(applied, (fix) => fix.code)) {
        log.summary(`    ${list.length} × ${code} (${list[0]?.ruleId ?? ''})`);
      }
    }
  }
  log.summary(fixedLine('Fixed', applied.length, unsafeLeft));
}

function tellFailed({ view, log }: Checking, result: WriteResult): void {
  if (!result.ok) log.warn(`${view.file(result.path).shown} was not fixed: ${result.message}`);
}

/** Two recipes that would have written the same for one finding are one fix to the reader. */
function wordsOf({ key, title, reason }: SkippedFix): string {
  return [findingOf(key), title, reason].join('\0');
}

function tellSkipped({ view, log }: Checking, { skipped, unfinished }: FixOutcome): void {
  const all = [...new Map(skipped.map((one) => [wordsOf(one), one])).values()];
  const named = log.level === 'verbose' ? all : all.slice(0, NAMED);
  for (const { path, code, title, reason } of named) {
    log.warn(`${view.file(path).shown}: ${code} was not fixed (${title}): ${reason}`);
  }
  if (all.length > named.length)
    log.warn(`${all.length - named.length} more fixes were not applied; -v names them`);
  if (unfinished) log.warn('there were fixes left after the last pass; run again');
}
