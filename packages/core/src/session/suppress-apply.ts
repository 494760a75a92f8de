import type { FileFacts } from '../facts/index.ts';
import type { Report } from '../rule/index.ts';
import { LineIndex, type SourceFile } from '../text/index.ts';
import { type UnknownDirective, unknownDirectives } from './directive.ts';
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
  const matches = new Map<string, SuppressionMatch[]>();
  const kept = reports.filter((report) => {
    const comments = suppressionsOf(file(report.path));
    const match = comments === null ? null : suppressedBy(comments.list, report, comments.lines);
    if (match !== null) matches.set(report.path, [...(matches.get(report.path) ?? []), match]);
    return match === null;
  });
  return { kept, matches };
}

/** The comments of one file. */
export interface FileSuppressions {
  readonly list: readonly Suppression[];
  /** Comments that mean nothing, though they are addressed to danglint. */
  readonly unknown: readonly UnknownDirective[];
  readonly lines: LineIndex;
}

/** Comments do not change while a file's facts stand, and reports are asked for after every edit of any file. */
const known = new WeakMap<object, FileSuppressions | null>();

/** The suppressions of a file with the lines they refer to; null when nothing in it is addressed to danglint. */
export function suppressionsOf(file: CommentedFile | null): FileSuppressions | null {
  if (file === null) return null;
  const found = known.get(file.facts);
  if (found !== undefined) return found;
  const read = readSuppressions(file);
  known.set(file.facts, read);
  return read;
}

function readSuppressions({ source, facts }: CommentedFile): FileSuppressions | null {
  if (!facts.comments.some(({ text }) => /danglint|noqa/i.test(text))) return null;
  const lines = new LineIndex(source.text);
  const list = parseSuppressions(facts.comments, lines);
  const unknown = unknownDirectives(facts.comments);
  return list.length === 0 && unknown.length === 0 ? null : { list, unknown, lines };
}
