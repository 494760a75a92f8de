#!/usr/bin/env node
// What danglint finds in the real trees of `tasks/trees`, compared with the snapshots beside this file:
//   node tasks/ecosystem/snapshots.mjs [--write] [tree ...]
// needs `node tasks/trees/fetch.mjs` and a built command line; DANGLINT_JS names another build. Exits with 1 when something
// differs; --write takes what is found now. Too big for CI: run it before and after a change of the analysis.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { difference, snapshotOf } from './snapshot.mjs';

const ROOT = path.resolve(import.meta.dirname, '../..');
const BIN = process.env['DANGLINT_JS'] ?? path.join(ROOT, 'packages/cli/dist/danglint.js');
const TREES = path.join(ROOT, '.trees');
const HOME = path.join(import.meta.dirname, 'snapshots');

/** Trees of a dialect that a preset knows. */
const PRESETS = /** @type {const} */ ([['sentry-', 'presets = ["recommended", "sentry"]']]);

/** @param {string} tree */
function snapshot(tree) {
  const cwd = fs.realpathSync(path.join(TREES, tree));
  const preset = PRESETS.find(([start]) => tree.startsWith(start));
  const config = preset === undefined ? ['--isolated'] : ['--isolated', '--config', preset[1]];
  const args = [BIN, 'check', '.', ...config, '--output-format', 'json', '--no-cache', '-q'];
  const run = spawnSync(process.execPath, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 30 });
  if (run.status !== 0 && run.status !== 1)
    throw new Error(`${tree}: danglint ended with ${run.status}\n${run.stderr}`);
  return snapshotOf(JSON.parse(run.stdout), (file) => path.relative(cwd, file).replaceAll('\\', '/'));
}

function main() {
  if (!fs.existsSync(TREES)) throw new Error('no .trees folder: run `node tasks/trees/fetch.mjs` first');
  const write = process.argv.includes('--write');
  const wanted = process.argv.slice(2).filter((arg) => !arg.startsWith('-'));
  const trees = fs
    .readdirSync(TREES)
    .filter((name) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)));
  let different = 0;
  for (const tree of trees.toSorted()) {
    const file = path.join(HOME, `${tree}.txt`);
    const before = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
    const after = snapshot(tree);
    const lines = difference(before, after);
    const count = after.split('\n').length - 1;
    console.log(
      `${tree}: ${count} findings, ${lines.length === 0 ? 'as before' : write ? 'written' : 'not as before'}`,
    );
    for (const line of lines) console.log(`  ${line}`);
    if (lines.length > 0) different += 1;
    if (!write) continue;
    fs.mkdirSync(HOME, { recursive: true });
    fs.writeFileSync(file, after);
  }
  process.exitCode = different > 0 && !write ? 1 : 0;
}

main();
