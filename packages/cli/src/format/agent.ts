import { printable } from './cells.ts';
import type { Finding, Formatter } from './finding.ts';

/** For coding agents: everything about a finding on one line, no excerpt, what to do at the end. */
export const agent: Formatter = (findings) => findings.map((finding) => `${line(finding)}\n`).join('');

function line({ report, place, labels, fix }: Finding): string {
  const { file, start } = place;
  const head = `${file.shown}:${start.row}:${start.column}: ${report.severity} ${report.code} ${report.ruleId}: ${report.message}`;
  const path = labels.map((label) => `${label.file.shown}:${label.start.row} ${label.message}`);
  const parts = [
    head,
    ...(path.length === 0 ? [] : [`path: ${path.join(' > ')}`]),
    ...(fix === null ? [] : [fixPart(fix.fix)]),
    ...(report.help === null ? [] : [`help: ${report.help.replaceAll('\n', '; ')}`]),
  ];
  return printable(parts.join(' | '));
}

function fixPart({ title, applicability, why }: NonNullable<Finding['fix']>['fix']): string {
  const flags = { safe: '--fix', unsafe: '--fix --unsafe-fixes', display: 'by hand' }[applicability];
  return `fix (${flags}): ${title}${why === null ? '' : `, unsafe: ${why}`}`;
}
