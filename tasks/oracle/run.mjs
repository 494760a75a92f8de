/**
 * The oracle: every fix is executed. Each case file in cases/ is fixed by the built command line, then the original and the
 * fixed source run under real Django, with the row there, missing, doubled; they must differ exactly as the case declares.
 *
 *   node tasks/oracle/run.mjs [--only WORD,...] [--django 5.2] [--keep] [--self-test]
 *
 * DANGLINT_BIN names another command than the built one. --self-test asks whether the oracle itself can be trusted: it takes
 * the hand-written reference fixes instead of danglint's, and reference fixes that are wrong on purpose (wrong/), which it
 * must see.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readCases, readWrongFixes } from './cases.mjs';
import { judge, table } from './compare.mjs';
import { danglintCommand } from './danglint.mjs';
import { runDjango } from './django.mjs';
import { fixAll } from './fix.mjs';
import { ensureVenvs } from './venvs.mjs';

/** @typedef {import('./cases.mjs').Case} Case */
/** @typedef {{readonly name: string, readonly failures: readonly string[]}} Result */

const here = fileURLToPath(new URL('.', import.meta.url));
const root = path.join(here, '../..');

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    django: { type: 'string', default: '' },
    keep: { type: 'boolean', default: false },
    'self-test': { type: 'boolean', default: false },
  },
});

/**
 * @param {string} message
 * @returns {never}
 */
function stop(message) {
  console.error(`oracle: ${message}`);
  process.exit(1);
}

/**
 * @param {Case} one
 * @param {import('./fix.mjs').Fixed | undefined} fixed
 * @param {readonly import('./django.mjs').DjangoRun[]} runs
 * @returns {Result}
 */
function conclude(one, fixed, runs) {
  if (fixed?.problem !== undefined) return { name: one.name, failures: [fixed.problem] };
  const untouched = fixed?.text === one.source;
  const failures = runs.flatMap(({ django, cases }) => {
    const record = cases[one.name];
    if (!record) return [`Django ${django}: not run`];
    const { error, differences } = judge(untouched ? { ...record, expect: {} } : record, one.fewerQueries);
    if (one.wrong !== undefined) {
      const seen = differences.map(({ scenario, what }) => `${scenario} ${what}`);
      if (seen.includes(one.wrong)) return [];
      return [`Django ${django}: did not see "${one.wrong}", only: ${seen.join(', ') || 'nothing'}`];
    }
    if (error !== undefined) return [`Django ${django}: ${error}`];
    return differences.length === 0 ? [] : [`Django ${django}:\n${table(differences)}`];
  });
  return { name: one.name, failures };
}

/**
 * @param {readonly Result[]} results
 * @param {Readonly<Record<string, unknown>>} facts
 */
function report(results, facts) {
  const failed = results.filter(({ failures }) => failures.length > 0);
  const passed = results.length - failed.length;
  const folder = path.join(root, 'reports');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, '.gitignore'), '*\n');
  const json = { passed, failed: failed.length, ...facts, failures: failed };
  writeFileSync(path.join(folder, 'oracle.json'), `${JSON.stringify(json, null, 2)}\n`);
  for (const { name, failures } of failed) {
    console.log(`\nFAILED ${name}`);
    for (const failure of failures) console.log(`  ${failure.replaceAll('\n', '\n  ')}`);
  }
  console.log(`\noracle: ${passed} passed, ${failed.length} failed`);
  return failed.length === 0;
}

const started = Date.now();
const environments = ensureVenvs();
const venvs = environments.venvs.filter(({ name }) => name.includes(options.django));
const [first] = venvs;
if (!environments.ok || !first) stop('cannot run, see above');

const words = options.only.split(',').filter(Boolean);
const all = readCases(path.join(here, 'cases'));
if (options['self-test']) all.push(...readWrongFixes(path.join(here, 'wrong'), all));
const cases = all.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
if (cases.length === 0) stop(`no case is named like "${options.only}"`);

const work = mkdtempSync(path.join(os.tmpdir(), 'danglint-oracle-'));
try {
  const danglint = options['self-test'] ? [first.python, path.join(here, 'reference.py')] : danglintCommand();
  const fixed = await fixAll(cases, path.join(work, 'fix'), danglint);
  const runnable = cases.filter(({ name }) => fixed.get(name)?.problem === undefined);
  const runs = await runDjango(runnable, fixed, work, venvs);
  const results = cases.map((one) => conclude(one, fixed.get(one.name), runs));
  const facts = { django: runs.map(({ django }) => django), seconds: (Date.now() - started) / 1000 };
  process.exitCode = report(results, facts) ? 0 : 1;
} catch (error) {
  console.error(`oracle: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  if (options.keep) console.error(`kept: ${work}`);
  else rmSync(work, { recursive: true, force: true });
}
