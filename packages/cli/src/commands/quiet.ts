import { type Report, suppressedBy, suppressionsOf } from '@danglint/core';
import { absolutePath } from '../format/view.ts';
import type { Inspection } from './inspect.ts';

/** What keeps a finding from being reported: a comment, or a setting; null when nothing does. */
export function quietBy(report: Report, { project, session }: Inspection): string | null {
  const { settings, root } = project;
  const [source, facts] = [session.source(report.path), session.facts(report.path)];
  const comments = source === null || facts === null ? null : suppressionsOf({ source, facts });
  const match = comments === null ? null : suppressedBy(comments.list, report, comments.lines);
  if (comments !== null && match !== null) {
    const { span } = match.suppression;
    const comment = source?.text.slice(span.start, span.end).trim() ?? '';
    return `${report.code} is kept quiet by \`${comment}\` on line ${comments.lines.lineOf(span.start)}`;
  }
  return settings.ignoredIn(absolutePath(root, report.path), report.code)
    ? `\`per-file-ignores\` leaves ${report.code} out of this file`
    : null;
}
