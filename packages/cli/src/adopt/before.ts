import type { Report, Session } from '@danglint/core';
import { compare, updated } from './baseline.ts';
import { type Baseline, baselineOf, entriesOf } from './baseline-file.ts';
import type { Changes, FileVersion } from './changed.ts';

/** What the program before a change says of the findings after it. */
export type Before =
  /** Findings that were there already. */
  | { readonly kind: 'known'; readonly findings: Baseline }
  /** With `--staged`: findings that the index has and its commit has not; the work tree may have more. */
  | { readonly kind: 'made'; readonly findings: Baseline };

/** What is needed to look at a program as it was. */
export interface BeforeRequest {
  readonly session: Session;
  readonly changes: Changes;
  /** Whether a file is one of the program when it is there. */
  readonly belongs: (path: string) => boolean;
  /** The findings that stand now; `also` are files of an older program. */
  readonly standing: (also: readonly string[]) => readonly Report[];
  readonly textOf: (path: string) => string | null;
}

/**
 * Judges the program as it was before the change. Files that are the same are not read again; afterwards the session holds the
 * program as it is.
 */
export async function findingsBefore(request: BeforeRequest): Promise<Before> {
  const { session, changes, standing, textOf } = request;
  const before = changes.before.filter(({ path }) => request.belongs(path));
  const index = (changes.index ?? []).filter(({ path }) => request.belongs(path));
  const present = new Set(session.paths());
  const swap = (files: readonly FileVersion[]): void => {
    for (const { path, bytes } of files) session.update(path, bytes);
  };
  const also = before.map(({ path }) => path);
  try {
    swap(index);
    const staged = changes.index === null ? null : findingsOf(standing(also), textOf);
    swap(before);
    const old = renamed(findingsOf(standing(also), textOf), changes.renamed);
    return staged === null
      ? { kind: 'known', findings: old }
      : { kind: 'made', findings: without(staged, old) };
  } finally {
    const touched = [...new Set([...before, ...index].map(({ path }) => path))];
    swap(touched.map((path) => ({ path, bytes: null })));
    await session.load(touched.filter((path) => present.has(path)));
  }
}

/** The findings that the change made: they were not there before. */
export function madeBy(
  reports: readonly Report[],
  { kind, findings }: Before,
  textOf: (path: string) => string | null,
): ReadonlySet<Report> {
  const { fresh } = compare(reports, findings, textOf, { judged: () => false, gone: () => false });
  if (kind === 'known') return new Set(fresh);
  const others = new Set(fresh);
  return new Set(reports.filter((report) => !others.has(report)));
}

function findingsOf(reports: readonly Report[], textOf: (path: string) => string | null): Baseline {
  return updated(reports, null, textOf, () => true);
}

function renamed(findings: Baseline, names: ReadonlyMap<string, string>): Baseline {
  return baselineOf(
    entriesOf(findings).map(({ path, code, fp, count }) => ({
      path: names.get(path) ?? path,
      code,
      fp,
      count,
    })),
  );
}

/** Entries of `findings` as often as they are not in `old`. */
function without(findings: Baseline, old: Baseline): Baseline {
  const entries = entriesOf(findings).map(({ path, code, fp, count }) => {
    const before = old.get(path)?.get(code)?.get(fp) ?? 0;
    return { path, code, fp, count: count - before };
  });
  return baselineOf(entries.filter(({ count }) => count > 0));
}
