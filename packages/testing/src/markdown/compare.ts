import type { Severity } from '@danglint/core';
import type { Finding } from '../harness/analysis.ts';
import type { Announcement, Expectation } from './expectations.ts';

const SEVERITY: Readonly<Record<Announcement, Severity | null>> = {
  error: 'error',
  warn: 'warning',
  info: 'info',
  noise: null,
  miss: null,
};

/** What does not agree between the findings of a program and what its comments announce, in words. */
export function compare(
  findings: readonly Finding[],
  expectations: readonly Expectation[],
): readonly string[] {
  const problems: string[] = [];
  const left = new Set(findings);
  for (const expectation of expectations) {
    const finding = [...left].find((candidate) => isAt(candidate, expectation));
    if (expectation.kind === 'miss') {
      if (finding !== undefined)
        problems.push(`${whereOf(finding)}: no longer missed: announce it as a finding`);
    } else if (finding === undefined) problems.push(missing(expectation, findings));
    else problems.push(...differences(finding, expectation));
    if (finding !== undefined) left.delete(finding);
  }
  for (const finding of left) problems.push(`${whereOf(finding)}: not announced: ${inWords(finding)}`);
  return problems;
}

function isAt(finding: Finding, { path, line, ruleId }: Expectation): boolean {
  return finding.path === path && finding.line === line && finding.ruleId === ruleId;
}

function missing({ path, line, kind, ruleId }: Expectation, findings: readonly Finding[]): string {
  const there = findings.filter((finding) => finding.path === path && finding.line === line);
  const instead =
    there.length === 0 ? 'nothing is reported' : `reported is ${there.map(inWords).join(' and ')}`;
  return `${path}:${line}: announced ${kind} [${ruleId}], but ${instead}`;
}

function differences(finding: Finding, { kind, message }: Expectation): string[] {
  const problems: string[] = [];
  const severity = SEVERITY[kind];
  if (severity !== null && finding.severity !== severity) {
    problems.push(`${whereOf(finding)}: announced ${kind}, but the severity is ${finding.severity}`);
  }
  if (message !== null && !finding.message.includes(message)) {
    problems.push(`${whereOf(finding)}: the message lacks "${message}": ${finding.message}`);
  }
  return problems;
}

function whereOf({ path, line, column }: Finding): string {
  return `${path}:${line}:${column}`;
}

function inWords({ severity, ruleId, message }: Finding): string {
  return `${severity} [${ruleId}] "${message}"`;
}
