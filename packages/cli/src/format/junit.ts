import { fails } from './fail-level.ts';
import type { Finding, Formatter } from './finding.ts';
import { groupBy } from './text.ts';

/**
 * JUnit's XML in ruff's shape, with nothing that Jenkins' schema does not know: a suite a file, a case a finding, which fails where
 * the finding fails the run; a clean run has one case that passed.
 */
export const junit: Formatter = (findings, { failLevel }) => {
  const failing = (list: readonly Finding[]): number =>
    list.filter(({ report }) => fails(report.severity, failLevel)).length;
  const suite = (path: string, list: readonly Finding[]): string =>
    [
      `    <testsuite name="${escaped(path)}" tests="${list.length}" skipped="0" errors="0" failures="${failing(list)}" package="org.danglint">`,
      ...list.map((finding) => testCase(finding, failing([finding]) > 0)),
      '    </testsuite>',
    ].join('\n');
  const files = groupBy(findings, ({ place }) => place.file.absolute);
  const suites = files.size === 0 ? [CLEAN] : [...files].map(([path, list]) => suite(path, list));
  const tests = Math.max(1, findings.length);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="danglint" tests="${tests}" failures="${failing(findings)}" errors="0">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
};

const CLEAN = `    <testsuite name="danglint" tests="1" skipped="0" errors="0" failures="0" package="org.danglint">
        <testcase name="No errors found" classname="danglint"/>
    </testsuite>`;

function testCase({ report, place }: Finding, failed: boolean): string {
  const { row, column } = place.start;
  const classname = escaped(place.file.absolute.replace(/\.py$/, ''));
  const text = escaped(`line ${row}, col ${column}, ${report.message}`);
  return [
    `        <testcase name="org.danglint.${report.code}" classname="${classname}">`,
    failed
      ? `            <failure type="${report.severity}" message="${escaped(report.message)}">${text}</failure>`
      : `            <system-out>${report.severity}: ${text}</system-out>`,
    '        </testcase>',
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/** Characters that XML 1.0 cannot hold are left out. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll(/[&<>"'\n\r\t]/g, (char) => ENTITIES[char] ?? char);
}
