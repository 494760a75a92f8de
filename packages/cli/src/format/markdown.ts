import type { DiffLine } from './line-diff.ts';
import { lineDiff } from './line-diff.ts';
import type { Finding, Formatter } from './finding.ts';
import { severityCounts } from './text.ts';

/** GitHub refuses comments of more than 65,536 characters. */
const LIMIT = 60_000;
const SIGN = { error: '🔴', warning: '🟡', info: '🔵' } as const;

/** A comment for a pull request: a table of the findings, then the fix of each to unfold. */
export const markdown: Formatter = (findings) => {
  if (findings.length === 0) return '### danglint\n\nAll checks passed. ✅\n';
  const head = [
    `### danglint: ${severityCounts(findings.map(({ report }) => report))}`,
    '',
    '| | where | finding |',
    '|---|---|---|',
  ];
  const rows = findings.map(row);
  const details = findings.map(unfolding).filter((text) => text !== '');
  return `${fitted([...head, ...rows], details)}\n`;
};

/** As much as fits; what is left out is counted. */
function fitted(rows: readonly string[], details: readonly string[]): string {
  let text = '';
  for (const [i, line] of rows.entries()) {
    if (text.length + line.length > LIMIT) return `${text}\n… and ${rows.length - i} more findings.`;
    text += `${line}\n`;
  }
  for (const [i, block] of details.entries()) {
    if (text.length + block.length > LIMIT) return `${text}\n… and ${details.length - i} more fixes.`;
    text += `\n${block}\n`;
  }
  return text.trimEnd();
}

function row({ report, place }: Finding): string {
  return `| ${SIGN[report.severity]} | ${inline(`${place.file.shown}:${place.start.row}`)} | **${report.code}** ${escaped(report.message)} |`;
}

function unfolding({ report, place, fix }: Finding): string {
  const own = fix?.changes.find(({ file }) => file.path === place.file.path);
  if (fix === null || own === undefined || own.file.lines === null) return '';
  const diff = lineDiff(own.file.lines, own.edits).flat().map(diffLine).join('\n');
  const fence = '`'.repeat(Math.max(3, longestRun(diff) + 1));
  const why = fix.fix.why === null ? '' : `\n\nUnsafe: ${escaped(fix.fix.why)}`;
  const title = `${report.code} ${escaped(place.file.shown)}:${place.start.row}: ${escaped(fix.fix.title)}`;
  return `<details><summary>${title}</summary>\n\n${fence}diff\n${diff}\n${fence}${why}\n\n</details>`;
}

function diffLine(line: DiffLine): string {
  return `${{ same: ' ', added: '+', removed: '-' }[line.kind]}${line.text}`;
}

function inline(text: string): string {
  const ticks = '`'.repeat(longestRun(text) + 1);
  return `${ticks}${text.replaceAll('|', '\\|')}${ticks}`;
}

/** The longest run of backticks. */
function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** Text that cannot become a table cell, HTML or a mention; code in backticks stays code. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\r\n]+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('|', '\\|')
    .replaceAll('@', '@\u200b');
}
