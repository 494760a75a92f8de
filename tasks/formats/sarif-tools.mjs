/**
 * `node tasks/formats/sarif-tools.mjs`: a consumer of SARIF reads what danglint writes of examples/shop. sarif-tools comes from PyPI
 * into a virtual environment of its own, with matplotlib and more, so this is no part of CI; the schema is checked there.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = path.join(root, 'node_modules/.cache/danglint-sarif-tools');
const danglint = path.join(root, 'packages/cli/dist/danglint.js');
const shop = path.join(root, 'examples/shop');

mkdirSync(cache, { recursive: true });
const sarif = path.join(cache, 'venv/bin/sarif');
if (!existsSync(sarif)) {
  must('python3', ['-m', 'venv', path.join(cache, 'venv')]);
  must(path.join(cache, 'venv/bin/pip'), ['install', '-q', 'sarif-tools==3.0.5']);
}

const all = path.join(cache, 'all.sarif');
const few = path.join(cache, 'few.sarif');
check(['--output-format', 'sarif', '-o', all]);
check(['--output-format', 'sarif', '-o', few, '--ignore', 'DNE402']);
const findings = JSON.parse(check(['--output-format', 'json']));
const of = (severity) => findings.filter((finding) => finding.severity === severity).length;

const summary = must(sarif, ['summary', all]);
for (const [severity, level] of Object.entries({ error: 'error', warning: 'warning', info: 'note' }))
  expect(
    `summary: ${of(severity)} of level ${level}`,
    new RegExp(`^${level}: ${of(severity)}$`, 'm').test(summary),
    summary,
  );

must(sarif, ['csv', all, '--output', path.join(cache, 'out.csv')]);
const csv = readFileSync(path.join(cache, 'out.csv'), 'utf8');
const records = csv.match(/^danglint,(?:error|warning|note),DNE\d{3},/gm) ?? [];
expect(`csv: ${findings.length} findings`, records.length === findings.length, records.length);
const lines = findings.map(({ filename, location }) => `${path.relative(shop, filename)},${location.row}`);
expect(
  'csv: each with its file and line',
  lines.every((line) => csv.includes(`,${line}`)),
  csv,
);

must(sarif, ['codeclimate', all, '--output', path.join(cache, 'out.json')]);
const climate = JSON.parse(readFileSync(path.join(cache, 'out.json'), 'utf8'));
expect(`codeclimate: ${findings.length} findings`, climate.length === findings.length, climate.length);

must(sarif, ['html', all, '--output', path.join(cache, 'out.html')]);
expect('html', readFileSync(path.join(cache, 'out.html'), 'utf8').includes('DNE107'), null);

must(sarif, ['diff', few, all, '--output', path.join(cache, 'diff.json')]);
const diff = JSON.parse(readFileSync(path.join(cache, 'diff.json'), 'utf8'));
const codes = Object.values(diff).flatMap((level) => Object.keys(level.codes ?? {}));
expect(
  'diff: only DNE402 is new',
  codes.length > 0 && codes.every((code) => code.startsWith('DNE402')),
  diff,
);

/** @param {readonly string[]} args */
function check(args) {
  const run = spawnSync(process.execPath, [danglint, ...args], {
    cwd: shop,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (run.status !== 1) throw new Error(`danglint ended with ${run.status}: ${run.stderr}`);
  return run.stdout;
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 */
function must(command, args) {
  const run = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (run.status !== 0) throw new Error(`${command} ${args[0]}: ${run.error?.message ?? run.stderr}`);
  return run.stdout;
}

/**
 * @param {string} what
 * @param {boolean} ok
 * @param {unknown} seen
 */
function expect(what, ok, seen) {
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${what}`);
  if (ok) return;
  console.log(seen);
  process.exitCode = 1;
}
