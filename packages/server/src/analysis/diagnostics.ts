import { createHash } from 'node:crypto';
import type { Report, Severity } from '@danglint/core';
import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver-types';
import type { Places } from './places.ts';

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

/** Rules about code that does nothing: editors fade it. */
const IDLE = /^(?:dead|unused)-/;

export interface DiagnosticStyle {
  readonly relatedInformation: boolean;
  /** Address of a rule's page. */
  readonly page: (report: Report) => string | null;
}

export function diagnosticOf(report: Report, places: Places, style: DiagnosticStyle): Diagnostic {
  const href = style.page(report);
  const related = style.relatedInformation
    ? report.labels.map(({ path, span, message }) => ({ location: places.location(path, span), message }))
    : [];
  return {
    range: places.range(report.path, report.span),
    severity: SEVERITY[report.severity],
    code: report.code,
    ...(href === null ? {} : { codeDescription: { href } }),
    source: 'danglint',
    message: report.help === null ? report.message : `${report.message}\n${report.help}`,
    ...(IDLE.test(report.ruleId) ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    ...(related.length === 0 ? {} : { relatedInformation: related }),
  };
}

/** The same for the same diagnostics, in any process. */
export function resultIdOf(diagnostics: readonly Diagnostic[]): string {
  return createHash('sha256').update(JSON.stringify(diagnostics)).digest('hex').slice(0, 16);
}
