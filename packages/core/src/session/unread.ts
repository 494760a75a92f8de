import type { Report } from '../rule/index.ts';
import type { Entry } from './entry.ts';
import type { ReportBuilder } from './report-builder.ts';

/** What is reported of a file as such: that it cannot be read, and where its syntax is broken. */
export function unread(builder: ReportBuilder, path: string, entry: Entry): readonly (Report | null)[] {
  if (!entry.ok) return [builder.ofFile('DNE901', path, { start: 0, end: 0 }, entry.message)];
  return entry.facts.syntaxErrors.map((fault) => builder.ofFile('DNE902', path, fault, fault.message));
}
