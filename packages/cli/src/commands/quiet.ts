import { type Report, type Session, suppressedBy, suppressionsOf } from '@danglint/core';
import { absolutePath } from '../format/view.ts';
import type { Project } from '../project/project.ts';

/** A comment that keeps a finding quiet, or would without `--ignore-noqa`. */
export interface QuietingComment {
  /** From its `#` to the end of the directive. */
  readonly text: string;
  /** 1-based. */
  readonly row: number;
  /** What is written after the codes. */
  readonly reason: string;
}

/** The comment that says of a finding to keep quiet; null when none does. */
export function commentOn(session: Session, report: Report): QuietingComment | null {
  const [source, facts] = [session.source(report.path), session.facts(report.path)];
  const comments = source === null || facts === null ? null : suppressionsOf({ source, facts });
  const match = comments === null ? null : suppressedBy(comments.list, report, comments.lines);
  if (source === null || comments === null || match === null) return null;
  const { span, reason } = match.suppression;
  return {
    text: source.text.slice(span.start, span.end).trim(),
    row: comments.lines.lineOf(span.start),
    reason,
  };
}

/** What keeps a finding from being reported: a comment, or a setting; null when nothing does. */
export function quietBy(
  report: Report,
  { project, session }: { readonly project: Project; readonly session: Session },
): string | null {
  const comment = commentOn(session, report);
  if (comment !== null) return `${report.code} is kept quiet by \`${comment.text}\` on line ${comment.row}`;
  return project.settings.ignoredIn(absolutePath(project.root, report.path), report.code)
    ? `\`per-file-ignores\` leaves ${report.code} out of this file`
    : null;
}
