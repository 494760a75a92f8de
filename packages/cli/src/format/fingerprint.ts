import type { Finding } from './finding.ts';

/** What stays the same about a finding when lines above it move: rule, file, function, and the flagged text itself. */
export function findingKey({ report, place }: Finding): string {
  const text = place.file.source?.text.slice(place.span.start, place.span.end) ?? report.message;
  return [report.code, place.file.path, report.function ?? '', text.replaceAll(/\s+/g, ' ')].join('\0');
}
