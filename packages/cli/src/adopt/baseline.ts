import { createHash } from 'node:crypto';
import type { Report } from '@danglint/core';
import { groupBy } from '../format/text.ts';
import { type Baseline, baselineOf, entriesOf, type Entry } from './baseline-file.ts';

/** Text of a loaded file; null when it could not be read. */
type TextOf = (path: string) => string | null;

/**
 * What stays the same about a finding when lines move, code is reformatted or comments change: the rule, the function, and
 * the lookup without blanks.
 */
export function fingerprint(report: Report, textOf: TextOf, rule: string = report.code): string {
  const { start, end } = report.judgement?.lookup.span ?? report.span;
  const code = report.judgement === null ? null : textOf(report.path)?.slice(start, end);
  const what = code === undefined || code === null ? report.message : normalised(code);
  const parts = [rule, report.function ?? '', what];
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
  readonly known: readonly Report[];
  /** Entries, or the surplus of their counts, that no finding answers to. */
  readonly stale: readonly Entry[];
}

/** What a run knows of the places that entries name. */
export interface Places {
  /** Whether this run could have found an entry's finding. */
  readonly judged: (entry: Entry) => boolean;
  /** Whether a file is no longer there: its entries may have moved with it. */
  readonly gone: (path: string) => boolean;
}

/**
 * Of several equal findings the first ones are known. Entries of a file that is gone answer for the same finding in another file:
 * it was renamed, or its code moved. An entry answers for a finding of another rule where its own rule says the same of the place.
 */
export function compare(
  reports: readonly Report[],
  baseline: Baseline,
  textOf: TextOf,
  { judged, gone }: Places,
): Compared {
  const entries = entriesOf(baseline);
  const left = new Map(entries.map((entry) => [keyOf(entry), entry.count]));
  const take = (entry: Entry): boolean => {
    const count = left.get(keyOf(entry)) ?? 0;
    if (count > 0) left.set(keyOf(entry), count - 1);
    return count > 0;
  };
  const homeless = groupBy(
    entries.filter(({ path }) => gone(path)),
    placeless,
  );
  const moved = (entry: Entry): boolean => (homeless.get(placeless(entry)) ?? []).some(take);
  const own = (report: Report): Entry => entryOf(report, textOf);
  const others = (report: Report): readonly Entry[] =>
    (report.also?.() ?? []).map(({ code }) => entryOf(report, textOf, code));
  const fresh = reports
    .filter((report) => !take(own(report)))
    .filter((report) => !moved(own(report)))
    .filter((report) => !others(report).some((entry) => take(entry) || moved(entry)));
  const stale = entries
    .map((entry): Entry => {
      const { path, code, fp } = entry;
      return { path, code, fp, count: left.get(keyOf(entry)) ?? 0 };
    })
    .filter((entry) => entry.count > 0 && judged(entry));
  const isFresh = new Set(fresh);
  return { fresh, known: reports.filter((report) => !isFresh.has(report)), stale };
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

function entryOf(report: Report, textOf: TextOf, code: string = report.code): Entry {
  return { path: report.path, code, fp: fingerprint(report, textOf, code), count: 1 };
}

const placeless = ({ code, fp }: Entry): string => `${code}\0${fp}`;

function keyOf({ path, code, fp }: Entry): string {
  return [path, code, fp].join('\0');
}
