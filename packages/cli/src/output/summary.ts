import type { Report } from '@danglint/core';
import type { StatisticsBy } from './statistics.ts';
import { count, severityCounts } from '../format/text.ts';

/** `Found 3 errors and 1 warning.` */
export function foundLine(reports: readonly Pick<Report, 'severity'>[]): string {
  return reports.length === 0 ? 'All checks passed!' : `Found ${severityCounts(reports)}.`;
}

/** Findings left that have a fix. `open`: unsafe ones that make a function give None, which `--fix` takes back where a caller cannot take it. */
export interface Fixable {
  readonly safe: number;
  readonly unsafe: number;
  readonly open: number;
}

/** How many of the findings left could be fixed, by how; null when none. */
export function fixableLine({ safe, unsafe, open }: Fixable, unsafeFixes: boolean): string | null {
  if (unsafeFixes) {
    const all = safe + unsafe;
    return all > 0 ? `[*] ${all} fixable with \`--fix --unsafe-fixes\`${condition(open, all)}.` : null;
  }
  const hidden = `${count(unsafe, 'unsafe fix', 'unsafe fixes')} available with \`--fix --unsafe-fixes\`${condition(open, unsafe)}`;
  if (safe === 0) return unsafe > 0 ? `${hidden}.` : null;
  return `[*] ${safe} fixable with \`--fix\`${unsafe > 0 ? ` (${hidden})` : ''}.`;
}

/** What is tried before such fixes stay. */
function condition(open: number, all: number): string {
  if (open === 0) return '';
  return `, ${open === all ? '' : `${open} of them `}if callers can take \`None\``;
}

/** `Fixed 3 errors (1 additional fix available with --unsafe-fixes).` */
export function fixedLine(verb: 'Fixed' | 'Would fix', fixed: number, more: number): string {
  const extra = `${count(more, `${fixed > 0 ? 'additional ' : ''}fix`, `${fixed > 0 ? 'additional ' : ''}fixes`)} available with \`--unsafe-fixes\``;
  const tail = more > 0 ? ` (${extra})` : '';
  if (fixed > 0) return `${verb} ${count(fixed, 'error')}${tail}.`;
  return verb === 'Fixed' ? `No errors fixed${tail}.` : `No errors would be fixed${tail}.`;
}

/** What the columns of `--statistics` mean. */
export function legend(by: StatisticsBy, unsafeFixes: boolean): string {
  if (by !== 'rule') return `Columns: findings, ${by}, findings by rule.`;
  const how = unsafeFixes ? '`--fix --unsafe-fixes`' : '`--fix`';
  return `Columns: findings, code, what ${how} can fix ([*] all, [-] some, [ ] none), name of the rule.`;
}

/** Findings from which on a first look wants other flags. */
const MANY = 10;

/** What to do about a long list; null when it is short. */
export function longListHint(findings: number): string | null {
  if (findings <= MANY) return null;
  return [
    'Much at once? `--output-format concise` takes a line a finding, `--statistics` counts them, `-i` goes through them one by one;',
    '`--update-baseline` takes these as known: later runs report new ones only.',
  ].join('\n');
}
