#!/usr/bin/env node
// That no shortcut changes an answer, on the real trees of `tasks/trees`:
//   node tasks/ecosystem/modes.mjs [--config SETTING] [tree or folder ...]
// needs a built command line. The JSON of a plain run is compared, byte for byte, with that of runs without each shortcut
// (`DANGLINT_WITHOUT`) and without all, of a run that fills a cache and of one that finds it filled. Exits with 1 when one differs.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

const ROOT = path.resolve(import.meta.dirname, '../..');
const BIN = process.env['DANGLINT_JS'] ?? path.join(ROOT, 'packages/cli/dist/danglint.js');
const TREES = path.join(ROOT, '.trees');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { config: { type: 'string', multiple: true, default: [] } },
});

const cache = fs.mkdtempSync(path.join(os.tmpdir(), 'danglint-modes-'));
const filled = ['--cache-dir', cache];

/** @type {Readonly<Record<string, {readonly without?: string, readonly args: readonly string[]}>>} */
const MODES = {
  'without own parser': { without: 'parser', args: ['--no-cache'] },
  'without names': { without: 'names', args: ['--no-cache'] },
  'without candidates': { without: 'candidates', args: ['--no-cache'] },
  'without any': { without: 'parser,names,candidates', args: ['--no-cache'] },
  'cache, empty': { args: filled },
  'cache, filled': { args: filled },
  'cache, filled, by content': { args: [...filled, '--cache-strategy', 'content'] },
};

/**
 * @param {string} folder
 * @param {{readonly without?: string, readonly args: readonly string[]}} mode
 */
function answer(folder, { without = '', args }) {
  const config = values.config.flatMap((setting) => ['--config', setting]);
  const command = [BIN, 'check', '.', '--isolated', '-q', '--output-format', 'json', ...config, ...args];
  const env = { ...process.env, DANGLINT_WITHOUT: without };
  const run = spawnSync(process.execPath, command, {
    cwd: folder,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (run.status !== 0 && run.status !== 1)
    throw new Error(`${folder}: danglint ended with ${run.status}\n${run.stderr}`);
  return run.stdout;
}

/**
 * The places that only one of two answers has, or that both have with other words.
 * @param {string} plain
 * @param {string} other
 */
function differences(plain, other) {
  const of = (/** @type {string} */ text) =>
    new Map(
      JSON.parse(text).map((one) => [`${one.filename}:${one.location.row} ${one.code}`, JSON.stringify(one)]),
    );
  const [a, b] = [of(plain), of(other)];
  return [...new Set([...a.keys(), ...b.keys()])].filter((key) => a.get(key) !== b.get(key));
}

const names = positionals.length > 0 ? positionals : fs.readdirSync(TREES).toSorted();
let different = 0;
for (const name of names) {
  const folder = fs.realpathSync(fs.existsSync(path.join(TREES, name)) ? path.join(TREES, name) : name);
  const plain = answer(folder, { args: ['--no-cache'] });
  for (const [mode, how] of Object.entries(MODES)) {
    const other = answer(folder, how);
    console.log(`${path.basename(folder)}: ${mode}: ${plain === other ? 'the same' : 'DIFFERS'}`);
    if (plain === other) continue;
    different += 1;
    for (const line of differences(plain, other).slice(0, 20)) console.log(`  ${line}`);
  }
  fs.rmSync(cache, { recursive: true, force: true });
}
process.exitCode = different > 0 ? 1 : 0;
