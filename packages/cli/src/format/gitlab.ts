import { createHash } from 'node:crypto';
import type { Finding, Formatter } from './finding.ts';
import { findingKey } from './fingerprint.ts';

const SEVERITY = { error: 'major', warning: 'minor', info: 'info' } as const;

/** GitLab's Code Quality report. Equal fingerprints would be dropped, so repeated findings are numbered. */
export const gitlab: Formatter = (findings) => {
  const seen = new Map<string, number>();
  const entries = findings.map((finding) => entry(finding, fingerprint(finding, seen)));
  return `${JSON.stringify(entries, null, 2)}\n`;
};

function entry({ report, place }: Finding, fingerprint: string): unknown {
  const position = ({ row, column }: { row: number; column: number }) => ({ line: row, column });
  return {
    check_name: report.code,
    description: `${report.code}: ${report.message}`,
    severity: SEVERITY[report.severity],
    fingerprint,
    location: {
      path: place.file.inRepository,
      positions: { begin: position(place.start), end: position(place.end) },
    },
  };
}

function fingerprint(finding: Finding, seen: Map<string, number>): string {
  const key = findingKey(finding);
  const n = seen.get(key) ?? 0;
  seen.set(key, n + 1);
  return createHash('sha256').update(`${key}\0${n}`).digest('hex').slice(0, 32);
}
