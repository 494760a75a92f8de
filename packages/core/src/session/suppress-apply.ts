import type { FileFacts } from '../facts/index.ts';
import type { Report } from '../rule/index.ts';
import { LineIndex, type SourceFile } from '../text/index.ts';
import { parseSuppressions, type Suppression, suppressedBy, type SuppressionMatch } from './suppress.ts';

/** What suppression needs to know of a file. */
export interface CommentedFile {
  readonly source: SourceFile;
  readonly facts: Pick<FileFacts, 'comments'>;
}

/** Findings after suppression, and what suppressed the others: `unusedIgnores` wants the matches of a file. */
export interface Suppressed {
  readonly kept: readonly Report[];
  readonly matches: ReadonlyMap<string, readonly SuppressionMatch[]>;
}

/** Drops the findings that a comment keeps quiet. Files without a directive cost one look at their comments. */
export function applySuppressions(
  reports: readonly Report[],
  file: (path: string) => CommentedFile | null,
): Suppressed {
  const files = new Map<string, FileSuppressions | null>();
  const matches = new Map<string, SuppressionMatch[]>();
  const kept = reports.filter((report) => {
    let known = files.get(report.path);
    if (known === undefined) {
      known = suppressionsOf(file(report.path));
      files.set(report.path, known);
    }
    const match = known === null ? null : suppressedBy(known.list, report, known.lines);
    if (match !== null) matches.set(report.path, [...(matches.get(report.path) ?? []), match]);
    return match === null;
  });
  return { kept, matches };
}

interface FileSuppressions {
  readonly list: readonly Suppression[];
  readonly lines: LineIndex;
}

/** The suppressions of a file with the lines they refer to; null when it has none. */
export function suppressionsOf(file: CommentedFile | null): FileSuppressions | null {
  if (file === null || !file.facts.comments.some(({ text }) => /danglint|noqa/i.test(text))) return null;
  const lines = new LineIndex(file.source.text);
  const list = parseSuppressions(file.facts.comments, lines);
  return list.length === 0 ? null : { list, lines };
}
