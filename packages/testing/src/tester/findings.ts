import type { Finding } from '../harness/analysis.ts';
import type { ExpectedError } from './cases.ts';

/** In which points findings differ from what a case expects, in words. */
export function findingProblems(
  findings: readonly Finding[],
  errors: readonly ExpectedError[],
): readonly string[] {
  const problems = errors.flatMap((error, i) => {
    const finding = findings[i];
    if (finding === undefined) return [`error ${i + 1} is not reported`];
    return differences(finding, error).map((problem) => `error ${i + 1}: ${problem}`);
  });
  const more = findings.slice(errors.length).map((finding) => `not expected: ${inWords(finding)}`);
  return [...problems, ...more];
}

function differences(finding: Finding, error: ExpectedError): string[] {
  const best = finding.fixes[0];
  const plain: readonly (readonly [string, unknown, unknown])[] = [
    ['path', error.path, finding.path],
    ['line', error.line, finding.line],
    ['column', error.column, finding.column],
    ['rule', error.rule, finding.ruleId],
    ['code', error.code, finding.code],
    ['severity', error.severity, finding.severity],
    ['confidence', error.confidence, finding.confidence],
    ['fix', error.fix, best?.applicability ?? 'none'],
    ['recipe', error.recipe, best?.recipe],
  ];
  const problems = plain
    .filter(([, expected, actual]) => expected !== undefined && expected !== actual)
    .map(([name, expected, actual]) => `${name} is ${String(actual)}, expected ${String(expected)}`);
  if (error.message !== undefined && !fits(finding.message, error.message)) {
    problems.push(`message is "${finding.message}", expected ${String(error.message)}`);
  }
  if (
    error.help !== undefined &&
    !(finding.help === error.help || fits(finding.help ?? '', error.help ?? ''))
  ) {
    problems.push(`help is "${finding.help}", expected ${String(error.help)}`);
  }
  const absent = firstAbsent(finding.labels, error.labels ?? []);
  if (absent !== undefined) {
    problems.push(`no label ${String(absent)} (in this order) among ${JSON.stringify(finding.labels)}`);
  }
  return problems;
}

function fits(text: string, pattern: string | RegExp): boolean {
  return typeof pattern === 'string' ? text === pattern : pattern.test(text);
}

function firstAbsent(
  labels: readonly string[],
  wanted: readonly (string | RegExp)[],
): string | RegExp | undefined {
  let from = 0;
  return wanted.find((pattern) => {
    const at = labels.findIndex((label, i) => i >= from && fits(label, pattern));
    if (at >= 0) from = at + 1;
    return at < 0;
  });
}

/** `example.py:3:5 warning [rule] message`, for the author of a case. */
export function inWords({ path, line, column, severity, ruleId, message }: Finding): string {
  return `${path}:${line}:${column} ${severity} [${ruleId}] ${message}`;
}
