import { applyEdits } from '@danglint/fixer';
import { encode, ignoreEdits, type Report } from '@danglint/core';
import { type FixedFile, writeFixes } from '@danglint/fixer';
import type { Outcome } from '../exit.ts';
import { count, groupBy } from '../format/text.ts';
import { caller } from '../output/caller.ts';
import type { Checking } from './checking.ts';
import { report } from './report.ts';
import { changesNow, narrow } from './narrow.ts';
import { uninterrupted } from './uninterrupted.ts';

/** `--add-ignore`: a comment for every finding that is left; then reports what could not be answered so. */
export async function runAddIgnore(checking: Checking, reason: string): Promise<Outcome> {
  const { session, project, view, log } = checking;
  const wanted = narrow(checking).reports.filter(({ code }) => !code.startsWith('DNE9'));
  const files = [...groupBy(wanted, ({ path }) => path)].flatMap(([path, reports]) => {
    const file = commented(checking, path, reports, reason.replaceAll(/\s+/g, ' ').trim());
    return file === null ? [] : [file];
  });
  await caller().wanted();
  const results = uninterrupted(() => writeFixes({ files }, project.root));
  for (const [i, result] of results.entries()) {
    const file = files[i];
    if (file === undefined) continue;
    if (!result.ok) log.warn(`${view.file(result.path).shown} got no comment: ${result.message}`);
    const bytes = result.ok ? encode(file.before, file.after) : null;
    if (bytes !== null) session.update(file.path, bytes);
  }
  const written = results.filter(({ ok }) => ok);
  const quiet = wanted.filter(({ path }) => written.some((result) => result.path === path));
  log.summary(`Added comments for ${count(quiet.length, 'finding')} in ${count(written.length, 'file')}.`);
  const changes = changesNow(project, checking.flags);
  return report({ ...checking, changes }, { changed: written.length > 0, to: 'stdout', skipped: [] });
}

function commented(
  { session }: Checking,
  path: string,
  reports: readonly Report[],
  reason: string,
): FixedFile | null {
  const before = session.source(path);
  const facts = session.facts(path);
  if (before === null || facts === null) return null;
  const edits = ignoreEdits({ source: before, facts }, reports, reason);
  return { path, before, after: applyEdits(before.text, edits), applied: [] };
}
