#!/usr/bin/env node
// That no shortcut changes an answer, on the real trees of `tasks/trees`:
//   node tasks/ecosystem/modes.mjs [--config SETTING] [tree or folder ...]
// needs a built command line. The JSON of a plain run is compared, byte for byte, with that of runs without each shortcut
// (`DANGLINT_WITHOUT`) and without all, of a run that fills a cache and of one that finds it filled, and of a daemon before and after
// texts of its files were edited. Exits with 1 when one differs.
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

/** Files whose text is edited, on standard input only, before the daemon is asked for all. */
const EDITS = 12;

/**
 * @param {string} folder
 * @param {{readonly without?: string, readonly args: readonly string[]}} mode
 */
function answer(folder, { without = '', args }) {
  const env = { ...process.env, DANGLINT_WITHOUT: without, DANGLINT_NO_DAEMON: '1' };
  return ran(folder, ['check', '.', ...args], env);
}

/**
 * @param {string} folder
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [input]
 */
function ran(folder, args, env, input) {
  const config = values.config.flatMap((setting) => ['--config', setting]);
  const command = [BIN, ...args, '--isolated', '-q', '--output-format', 'json', ...config];
  const run = spawnSync(process.execPath, command, {
    cwd: folder,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    ...(input === undefined ? {} : { input }),
  });
  if (run.status !== 0 && run.status !== 1)
    throw new Error(`${folder}: danglint ended with ${run.status}\n${run.stderr}`);
  return run.stdout;
}

/**
 * What a daemon answers, and what it answers after texts were edited on standard input, each run beside one without it.
 * @param {string} folder
 * @returns {readonly (readonly [mode: string, answer: string, expected: string])[]}
 */
function daemonAnswers(folder, plain) {
  const env = { ...process.env, DANGLINT_CACHE_DIR: cache };
  const alone = { ...env, DANGLINT_NO_DAEMON: '1' };
  const control = (/** @type {string} */ action) =>
    spawnSync(process.execPath, [BIN, 'daemon', action, '.', '--isolated'], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
  const started = control('start');
  if (started.status !== 0) throw new Error(`${folder}: no daemon\n${started.stderr}`);
  try {
    const all = ['check', '.'];
    const first = ran(folder, all, env);
    const files = [...new Set(JSON.parse(plain).map(({ filename }) => filename))];
    const step = Math.max(1, Math.floor(files.length / EDITS));
    const edits = files
      .filter((_, i) => i % step === 0)
      .map((file) => {
        const text = fs.readFileSync(file, 'utf8');
        const args = ['check', '-', '--stdin-filename', file];
        const edited = text.replace(/^( +)(\w+ = .*\.get\(.*\))$/m, '$1$2\n$1$2');
        return /** @type {const} */ ([
          `daemon, ${path.basename(file)} edited`,
          ran(folder, args, env, edited),
          ran(folder, args, alone, edited),
        ]);
      });
    // Kept answers would hide what the daemon has.
    fs.rmSync(path.join(cache, 'answers'), { recursive: true, force: true });
    return [['daemon', first, plain], ...edits, ['daemon, after edits', ran(folder, all, env), plain]];
  } finally {
    control('stop');
  }
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
  const modes = Object.entries(MODES).map(
    ([mode, how]) => /** @type {const} */ ([mode, answer(folder, how), plain]),
  );
  for (const [mode, other, expected] of [...modes, ...daemonAnswers(folder, plain)]) {
    console.log(`${path.basename(folder)}: ${mode}: ${expected === other ? 'the same' : 'DIFFERS'}`);
    if (expected === other) continue;
    different += 1;
    for (const line of differences(expected, other).slice(0, 20)) console.log(`  ${line}`);
  }
  fs.rmSync(cache, { recursive: true, force: true });
}
process.exitCode = different > 0 ? 1 : 0;
