#!/usr/bin/env node
// Runs the built command line on the real trees of `tasks/trees` and checks what users rely on: no crash, only findings on
// standard output, `--diff | git apply` equal to `--fix`, fixed files that CPython parses, a second `--fix` that changes
// nothing, and no new ruff finding. Writes docs/trees.md.
//   node tasks/ecosystem/run.mjs [tree ...] [-- option ...]
// A tree is the start of a name below .trees (`node tasks/trees/fetch.mjs`), or a folder of Python files; the options go to danglint
// (`node tasks/ecosystem/run.mjs ../app -- --config "presets=['recommended','sentry']"`). Needs `ruff` (or RUFF) on the PATH; PYTHON names an
// interpreter that is new enough for the trees, DANGLINT_JS another build.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { shares, table } from './table.mjs';

const ROOT = path.resolve(import.meta.dirname, '../..');
const BIN = process.env.DANGLINT_JS ?? path.join(ROOT, 'packages/cli/dist/danglint.js');
const TREES = path.join(ROOT, '.trees');
const RUFF = process.env.RUFF ?? 'ruff';

const run = (command, args, options = {}) =>
  spawnSync(command, args, { encoding: 'buffer', maxBuffer: 1 << 30, ...options });
const [named, given] = split(process.argv.slice(2));
const danglint = (cwd, ...args) =>
  run(process.execPath, [BIN, 'check', '.', '--isolated', ...given, ...args], { cwd });

/** What stands before and after `--`. */
function split(args) {
  const at = args.indexOf('--');
  return at < 0 ? [args, []] : [args.slice(0, at), args.slice(at + 1)];
}

/** Folders that were named, and fetched trees whose name starts with one of the wanted ones; all but the Python 2 one by default. */
function trees(wanted) {
  const folders = wanted.filter((name) => name.includes('/')).map((name) => path.resolve(name));
  const rest = wanted.filter((name) => !name.includes('/'));
  return folders.length > 0 && rest.length === 0
    ? folders
    : [...folders, ...fetched(rest).map((name) => path.join(TREES, name))];
}

function fetched(wanted) {
  if (!fs.existsSync(TREES)) throw new Error('no .trees folder: run `node tasks/trees/fetch.mjs` first');
  const all = fs.readdirSync(TREES).filter((name) => fs.statSync(path.join(TREES, name)).isDirectory());
  return wanted.length === 0
    ? all.filter((name) => !name.startsWith('sentry-9'))
    : all.filter((name) => wanted.some((start) => name.startsWith(start)));
}

function copyTree(from, to) {
  fs.rmSync(to, { recursive: true, force: true });
  fs.cpSync(from, to, { recursive: true });
  const git = (...args) =>
    run(
      'git',
      ['-c', 'core.autocrlf=false', '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args],
      { cwd: to },
    );
  git('init', '-q');
  git('add', '-A', '-f');
  git('commit', '-q', '-m', 'tree');
  return git;
}

/** Paths of changed files of a work tree. */
const changed = (git) => git('diff', '--name-only', '-z').stdout.toString().split('\0').filter(Boolean);

function findings(dir) {
  const start = performance.now();
  const result = danglint(dir, '--output-format', 'json', '--no-cache');
  const seconds = (performance.now() - start) / 1000;
  const reports = JSON.parse(result.stdout.toString());
  return { seconds, status: result.status, reports };
}

function ruffLines(dir, files) {
  if (files.length === 0) return new Set();
  const result = run(
    RUFF,
    ['check', '--isolated', '--no-cache', '--select', 'E9,F,B', '--output-format', 'json', ...files],
    { cwd: dir },
  );
  if (result.error)
    throw new Error(`ruff cannot be run (${result.error.message}); install it or name it in RUFF`);
  const count = new Map();
  return new Set(
    JSON.parse(result.stdout.toString()).map((item) => {
      const key = `${path.relative(dir, item.filename)} ${item.code} ${item.message}`;
      count.set(key, (count.get(key) ?? 0) + 1);
      return `${key} #${count.get(key)}`;
    }),
  );
}

/** Files that `python3` (or PYTHON) cannot parse. One that it could not parse before either says nothing of a fix: its syntax is newer. */
function unparsable(dir, files) {
  const program =
    'import ast,sys\nfor f in sys.argv[1:]:\n  try: ast.parse(open(f,"rb").read())\n  except SyntaxError as e: print(f, "::", e)';
  const lines = run(process.env.PYTHON ?? 'python3', ['-c', program, ...files], { cwd: dir })
    .stdout.toString()
    .split('\n');
  return lines.filter((line) => line !== '');
}

function checkTree(source, work) {
  const name = path.basename(source);
  const problems = [];
  const first = findings(source);
  if (first.status !== 1 && first.reports.length > 0) problems.push(`check ended with ${first.status}`);
  const fixed = {};
  for (const mode of ['safe', 'unsafe']) {
    const flags = mode === 'unsafe' ? ['--unsafe-fixes'] : [];
    const patched = path.join(work, 'patched');
    const inPlace = path.join(work, 'in-place');
    const patchedGit = copyTree(source, patched);
    const inPlaceGit = copyTree(source, inPlace);
    const diff = danglint(patched, '--diff', '--no-cache', ...flags).stdout;
    if (diff.length > 0) {
      const apply = run('git', ['apply', '--whitespace=nowarn', '-'], { cwd: patched, input: diff });
      if (apply.status !== 0) problems.push(`${mode}: git apply: ${apply.stderr.toString().slice(0, 300)}`);
    }
    const fix = danglint(inPlace, '--fix', '--no-cache', '-q', ...flags);
    if (fix.status > 1)
      problems.push(`${mode}: --fix ended with ${fix.status}: ${fix.stderr.toString().slice(-300)}`);
    const files = changed(inPlaceGit);
    fixed[mode] = files.length;
    const other = changed(patchedGit);
    const same =
      files.join() === other.join() &&
      files.every((file) =>
        fs.readFileSync(path.join(patched, file)).equals(fs.readFileSync(path.join(inPlace, file))),
      );
    if (!same) problems.push(`${mode}: --diff | git apply differs from --fix`);
    const already = new Set(unparsable(source, files).map((line) => line.split(' :: ')[0]));
    const broken = unparsable(inPlace, files).filter((line) => !already.has(line.split(' :: ')[0]));
    if (broken.length > 0) problems.push(`${mode}: does not parse: ${broken.slice(0, 3).join('; ')}`);
    const before = ruffLines(source, files);
    const fresh = [...ruffLines(inPlace, files)].filter((line) => !before.has(line));
    if (fresh.length > 0) problems.push(`${mode}: new in ruff: ${fresh.slice(0, 5).join('; ')}`);
    const snapshot = new Map(files.map((file) => [file, fs.readFileSync(path.join(inPlace, file))]));
    danglint(inPlace, '--fix', '--no-cache', '-q', ...flags);
    if (
      changed(inPlaceGit).some(
        (file) => !snapshot.get(file)?.equals(fs.readFileSync(path.join(inPlace, file))),
      )
    )
      problems.push(`${mode}: a second --fix changes something`);
  }
  return { name, source, seconds: first.seconds, reports: first.reports, fixed, problems };
}

function main() {
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'ecosystem-'));
  const results = [];
  try {
    for (const source of trees(named)) {
      const result = checkTree(source, work);
      results.push(result);
      console.log(
        `${result.name}: ${result.reports.length} findings, ${result.fixed.safe} files fixed, ${result.fixed.unsafe} with unsafe fixes, ${result.seconds.toFixed(1)} s`,
      );
      for (const problem of result.problems) console.log(`  PROBLEM ${problem}`);
    }
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
  console.log(shares(results).join('\n'));
  if (named.length === 0)
    fs.writeFileSync(
      path.join(ROOT, 'docs/trees.md'),
      table(results, ({ source }) => countFiles(source)),
    );
  const problems = results.flatMap((result) => result.problems).length;
  console.log(`ecosystem: ${results.length} trees, ${problems} problems`);
  process.exitCode = problems === 0 ? 0 : 1;
}

function countFiles(dir) {
  let count = 0;
  for (const entry of fs.readdirSync(dir, { recursive: true })) if (String(entry).endsWith('.py')) count++;
  return count;
}

main();
