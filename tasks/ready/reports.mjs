/** What the test runs left in reports/: read here, counted once. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root } from './steps.mjs';

/**
 * @typedef {{readonly passed: number, readonly failed: number}} Counts also what the oracle and the editors write
 * @typedef {{readonly status: string, readonly assertionResults: readonly unknown[]}} TestFile
 * @typedef {{readonly numPassedTests: number, readonly numFailedTests: number, readonly testResults: readonly TestFile[]}} Vitest
 */

const vitestFile = path.join(root, 'reports/vitest.json');
const oracleFile = path.join(root, 'reports/oracle.json');
const editorsFile = path.join(root, 'reports/editors.json');

/** Counts of an earlier run must not be taken for this one's. */
export function clearReports() {
  for (const file of [vitestFile, oracleFile, editorsFile]) rmSync(file, { force: true });
}

/** @returns {Counts} */
export function countReports() {
  const unit = vitestCounts(read(vitestFile));
  /** @type {readonly (Counts | undefined)[]} */
  const others = [read(oracleFile), read(editorsFile)];
  /** @param {keyof Counts} what */
  const sum = (what) => others.reduce((total, counts) => total + (counts?.[what] ?? 0), unit[what]);
  return { passed: sum('passed'), failed: sum('failed') };
}

/**
 * A test file that cannot even be loaded has no failed test of its own; it counts as one.
 * @param {Vitest | undefined} report
 * @returns {Counts}
 */
function vitestCounts(report) {
  if (report === undefined) return { passed: 0, failed: 0 };
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length };
}

/** @param {string} file */
function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
