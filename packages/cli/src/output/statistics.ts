import type { Finding } from '../format/finding.ts';
import { groupBy } from '../format/text.ts';

interface Row {
  readonly count: number;
  readonly code: string;
  readonly name: string;
  /** `[*]` all fixable in this run, `[-]` some, `[ ]` none. */
  readonly fixable: string;
}

/** Findings counted by rule, most frequent first. */
export function statistics(findings: readonly Finding[], asJson: boolean): string {
  const rows = [...groupBy(findings, ({ report }) => report.code)].map(([code, list]): Row => {
    const fixes = list.filter(({ fix }) => fix?.applies === true).length;
    const fixable = fixes === 0 ? '[ ]' : fixes === list.length ? '[*]' : '[-]';
    return { count: list.length, code, name: list[0]?.report.ruleId ?? '', fixable };
  });
  rows.sort((a, b) => b.count - a.count || a.code.localeCompare(b.code));
  if (asJson)
    return `${JSON.stringify(
      rows.map(({ fixable, ...row }) => ({ ...row, fixable: fixable === '[*]' })),
      null,
      2,
    )}\n`;
  const width = Math.max(0, ...rows.map((row) => String(row.count).length));
  return rows
    .map((row) => `${String(row.count).padStart(width)}\t${row.code}\t${row.fixable} ${row.name}\n`)
    .join('');
}
