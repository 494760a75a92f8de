import type { Location } from '@danglint/core';
import type { Finding, Formatter } from './finding.ts';
import { isUrl } from './text.ts';

const SEVERITY = { error: 'ERROR', warning: 'WARNING', info: 'INFO' } as const;

/** Reviewdog's JSON. */
export const rdjson: Formatter = (findings, { homepage }) => {
  const source = homepage === null ? { name: 'danglint' } : { name: 'danglint', url: homepage };
  return `${JSON.stringify({ source, severity: 'WARNING', diagnostics: findings.map(diagnostic) }, null, 2)}\n`;
};

function diagnostic({ report, place, url, fix }: Finding): unknown {
  const own = fix?.changes.find(({ file }) => file.path === place.file.path);
  const { lines } = place.file;
  const suggestions =
    own === undefined || lines === null
      ? []
      : own.edits.map((edit) => ({
          range: range(lines.location(edit.start), lines.location(edit.end)),
          text: edit.text,
        }));
  return {
    message: report.message,
    location: { path: place.file.absolute, range: range(place.start, place.end) },
    severity: SEVERITY[report.severity],
    code: isUrl(url) ? { value: report.code, url } : { value: report.code },
    ...(suggestions.length === 0 ? {} : { suggestions }),
  };
}

function range(start: Location, end: Location): unknown {
  const position = ({ row, column }: Location) => ({ line: row, column });
  return { start: position(start), end: position(end) };
}
