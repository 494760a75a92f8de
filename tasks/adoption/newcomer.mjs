/**
 * `node tasks/adoption/newcomer.mjs PACKAGE`: the way of a new user, as README.md and docs/ci.md have it, on an application from PyPI
 * that danglint was never tried on: clone, `npm run demo`, install, first finding, a baseline, a job of CI that is green, and one
 * that a new lookup turns red. Says how long each took, and ends with 1 where a step came to something else.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { git } from './history.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [name] = process.argv.slice(2);
if (name === undefined) {
  console.error('usage: node tasks/adoption/newcomer.mjs PACKAGE');
  process.exit(2);
}

const folder = mkdtempSync(path.join(tmpdir(), 'danglint-newcomer-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const [clone, app, job, prefix] = ['clone', 'app', 'job', 'prefix'].map((part) => path.join(folder, part));
if (clone === undefined || app === undefined || job === undefined || prefix === undefined) process.exit(2);
const env = {
  ...process.env,
  npm_config_prefix: prefix,
  PATH: `${path.join(prefix, 'bin')}:${process.env['PATH']}`,
};
const started = performance.now();
let failed = 0;

git(root, ['clone', '-q', root, clone]);
step('npm run demo', 'npm', ['run', 'demo'], { cwd: clone });
step('install', 'npm', ['install', '-g', './packages/cli'], { cwd: clone });
application();
const first = step('first run', 'danglint', ['--output-format', 'concise'], { cwd: app, code: 1 });
console.log(first.split('\n')[0]);
console.log(`first finding after ${seconds(started)} s, ${first.split('\n').length - 1} in all`);

const adopting = performance.now();
step('baseline', 'danglint', ['--update-baseline'], { cwd: app });
step('nothing new', 'danglint', [], { cwd: app });
git(app, ['add', '-A']);
git(app, ['commit', '-qm', 'danglint: known findings']);
step('pack', 'npm', ['pack', './packages/cli'], { cwd: clone });
git(app, ['clone', '-q', app, job]);
mkdirSync(path.join(job, 'tools'));
for (const file of readdirSync(clone))
  if (file.endsWith('.tgz')) copyFileSync(path.join(clone, file), path.join(job, 'tools', file));
step('CI: install', 'npm', ['install', '-g', `./tools/${readdirSync(path.join(job, 'tools'))[0]}`], {
  cwd: job,
});
step('CI: green', 'danglint', ['--output-format', 'github'], { cwd: job });
addLookup();
const red = step('CI: red for a new lookup', 'danglint', ['--output-format', 'github'], {
  cwd: job,
  code: 1,
});
if (red.trim().split('\n').length !== 1) fail(`not one annotation: ${red}`);
console.log(`baseline in CI after ${seconds(adopting)} s`);
process.exitCode = failed === 0 ? 0 : 1;

/** The application's wheel, unpacked and committed. */
function application() {
  if (app === undefined) return;
  mkdirSync(app);
  const pip = ['-m', 'pip', 'download', '-q', '--no-deps', '--only-binary=:all:', '-d', folder, name ?? ''];
  step('download', 'python3', pip, { cwd: folder });
  const wheel = readdirSync(folder).find((file) => file.endsWith('.whl')) ?? '';
  step('unpack', 'python3', ['-m', 'zipfile', '-e', path.join(folder, wheel), app], { cwd: folder });
  git(app, ['init', '-q']);
  git(app, ['add', '-A']);
  git(app, ['commit', '-qm', 'first']);
}

/** A lookup of a known model in a file that has findings. */
function addLookup() {
  const [, file = '', model = ''] = /^(\S+?):\d+:\d+: .*?`(\w+)` row/m.exec(first) ?? [];
  const text = `\n\ndef added(pk):\n    return ${model}.objects.get(pk=pk)\n`;
  appendFileSync(path.join(job ?? '', file), text);
}

/**
 * @param {string} title
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{readonly cwd: string, readonly code?: number}} options `code`: the exit code that it should have
 */
function step(title, command, args, { cwd, code = 0 }) {
  const begun = performance.now();
  const run = spawnSync(command, [...args], { cwd, env, encoding: 'utf8', maxBuffer: 1 << 30 });
  if (run.status !== code) fail(`${title}: exit code ${run.status}, not ${code}: ${run.stderr.slice(-500)}`);
  console.log(`${run.status === code ? 'ok  ' : 'FAIL'} ${title} (${seconds(begun)} s)`);
  return run.stdout;
}

/** @param {string} text */
function fail(text) {
  failed++;
  console.error(text);
}

/** @param {number} since */
function seconds(since) {
  return ((performance.now() - since) / 1000).toFixed(1);
}
