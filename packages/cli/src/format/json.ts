import type { Edit, LineIndex, Location } from '@danglint/core';
import type { FileChange, Finding, Formatter } from './finding.ts';
import { isUrl } from './text.ts';

/** One array; every object has ruff's keys, then danglint's own. Rows and columns are 1-based. */
export const json: Formatter = (findings) =>
  findings.length === 0 ? '[]\n' : `${JSON.stringify(findings.map(jsonFinding), null, 2)}\n`;

/** One object a line. */
export const jsonLines: Formatter = (findings) =>
  findings.map((finding) => `${JSON.stringify(jsonFinding(finding))}\n`).join('');

/** A finding as data; `filename` is absolute, as in ruff. */
export function jsonFinding(finding: Finding): Readonly<Record<string, unknown>> {
  const { report, place, labels, url } = finding;
  const { judgement } = report;
  return {
    cell: null,
    code: report.code,
    name: report.ruleId,
    severity: report.severity,
    message: report.message,
    url: isUrl(url) ? url : null,
    filename: place.file.absolute,
    location: place.start,
    end_location: place.end,
    noqa_row: place.file.lines === null ? null : place.start.row,
    fix: jsonFix(finding),
    confidence: report.confidence,
    help: report.help,
    model: judgement?.lookup.model ?? null,
    function: report.function,
    form: judgement?.lookup.form ?? null,
    origin: judgement?.origins[0]?.kind ?? null,
    verdict: judgement?.verdict.kind ?? null,
    labels: labels.map(jsonLabel),
    production: finding.production,
  };
}

function jsonLabel({
  file,
  start,
  end,
  message,
}: Finding['labels'][number]): Readonly<Record<string, unknown>> {
  return { filename: file.absolute, location: start, end_location: end, message };
}

function jsonFix({ fix, place }: Finding): Readonly<Record<string, unknown>> | null {
  if (fix === null) return null;
  const own = fix.changes.find(({ file }) => file.path === place.file.path);
  const others = fix.changes.filter((change) => change !== own);
  return {
    applicability: fix.fix.applicability,
    message: fix.fix.title,
    edits: own === undefined ? [] : jsonEdits(own),
    pattern: fix.fix.pattern,
    why: fix.fix.why,
    other_files: others.map((change) => ({ filename: change.file.absolute, edits: jsonEdits(change) })),
  };
}

function jsonEdits({ file, edits }: FileChange): readonly unknown[] {
  const { lines } = file;
  return lines === null ? [] : edits.map((edit) => jsonEdit(edit, lines));
}

function jsonEdit(
  edit: Edit,
  lines: LineIndex,
): Readonly<{ content: string; location: Location; end_location: Location }> {
  return { content: edit.text, location: lines.location(edit.start), end_location: lines.location(edit.end) };
}
