import { createHash } from 'node:crypto';
import type { Report } from '@danglint/core';
import { type Baseline, baselineOf, entriesOf, type Entry } from './baseline-file.ts';

/** Text of a loaded file; null when it could not be read. */
type TextOf = (path: string) => string | null;

/**
 * What stays the same about a finding when lines move, code is reformatted or comments change: the rule, the function, and
 * the lookup without blanks.
 */
export function fingerprint(report: Report, textOf: TextOf): string {
  const { start, end } = report.judgement?.lookup.span ?? report.span;
  const code = report.judgement === null ? null : textOf(report.path)?.slice(start, end);
  const what = code === undefined || code === null ? report.message : normalised(code);
  const parts = [report.code, report.function ?? '', what];
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);
}

function normalised(code: string): string {
  return code
    .replaceAll(/#.*$/gm, '')
    .replaceAll(/\s+/g, '')
    .replaceAll(/,(?=[)\]}])/g, '')
    .replaceAll("'", '"');
}

/** Findings set against a baseline. */
export interface Compared {
  /** Findings that the baseline does not list. */
  readonly fresh: readonly Report[];
  readonly known: number;
  /** Entries, or the surplus of their counts, that no finding answers to. */
  readonly stale: readonly Entry[];
}

/** Of several equal findings the first ones are known. `judged` tells whether this run could have found an entry's finding. */
export function compare(
  reports: readonly Report[],
  baseline: Baseline,
  textOf: TextOf,
  judged: (entry: Entry) => boolean,
): Compared {
  const left = new Map(entriesOf(baseline).map((entry) => [keyOf(entry), entry.count]));
  const fresh = reports.filter((report) => {
    const key = keyOf(entryOf(report, textOf));
    const count = left.get(key) ?? 0;
    if (count > 0) left.set(key, count - 1);
    return count <= 0;
  });
  const stale = entriesOf(baseline)
    .map((entry): Entry => {
      const { path, code, fp } = entry;
      return { path, code, fp, count: left.get(keyOf(entry)) ?? 0 };
    })
    .filter((entry) => entry.count > 0 && judged(entry));
  return { fresh, known: reports.length - fresh.length, stale };
}

/** The baseline of these findings, with what an older one says of places that this run did not look at. */
export function updated(
  reports: readonly Report[],
  old: Baseline | null,
  textOf: TextOf,
  judged: (entry: Entry) => boolean,
): Baseline {
  const kept = old === null ? [] : entriesOf(old).filter((entry) => !judged(entry));
  return baselineOf([...kept, ...reports.map((report) => entryOf(report, textOf))]);
}

function entryOf(report: Report, textOf: TextOf): Entry {
  return { path: report.path, code: report.code, fp: fingerprint(report, textOf), count: 1 };
}

function keyOf({ path, code, fp }: Entry): string {
  return [path, code, fp].join('\0');
}
