import type { Report } from '@danglint/core';
import { updated } from '../adopt/baseline.ts';
import { baselineOf, baselineText, entriesOf, readBaseline } from '../adopt/baseline-file.ts';
import { writeWhole } from '../output/streams.ts';

/** Adds findings to a baseline file (absolute), made where there is none; gives its path. Throws a `UserError`. */
export function addToBaseline(
  file: string,
  reports: readonly Report[],
  textOf: (path: string) => string | null,
): string {
  const old = readBaseline(file);
  const more = entriesOf(updated(reports, null, textOf, () => true));
  writeWhole(file, baselineText(baselineOf([...(old === null ? [] : entriesOf(old)), ...more])));
  return file;
}
