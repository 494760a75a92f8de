/**
 * How long runs take that a daemon answers, right behind an edit, beside runs of their own.
 *
 *   node tasks/bench/daemon.mjs [--rounds 9] [--write] [--config SETTING]... FOLDER...
 *
 * The tree is copied: a function is put at the end of one of the files with findings before each run, another one each time. RUFF names ruff's program.
 * Needs python3. `--write` puts the table into docs/performance.md. Medians of rounds in turn.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeBlock } from './block.mjs';
import { median, measure } from './clock.mjs';

const dist = fileURLToPath(new URL('../../packages/cli/dist', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '9' },
    write: { type: 'boolean', default: false },
    config: { type: 'string', multiple: true, default: [] },
  },
});
const settings = ['--isolated', ...values.config.flatMap((setting) => ['--config', setting])];
const danglint = (...args) => [process.execPath, path.join(dist, 'danglint.js'), ...args, ...settings];

/** What no run can be faster than: Node, and two wasm modules to compile. */
const BARE = [
  process.execPath,
  '-e',
  `const fs = require('fs'); for (const name of ['tree-sitter-python', 'web-tree-sitter']) new WebAssembly.Module(fs.readFileSync(${JSON.stringify(`${dist}/`)} + name + '.wasm'))`,
];
const RUFF = process.env['RUFF'] ?? null;

/** Commands by name, for a file of the tree; `edits`: right behind an edit of it. */
const commandsFor = (file) => ({
  'bare Node with two wasm modules': { command: BARE },
  ...(RUFF === null
    ? {}
    : {
        'ruff `--no-cache`, all': {
          command: [RUFF, 'check', '--no-cache', '--isolated', '--quiet', '--select', 'E9,F,B,DJ', '.'],
        },
      }),
  'all, in a run of its own': { command: danglint('check', '--no-cache', '.'), edits: true },
  'a file on standard input, in a run of its own': {
    command: danglint('check', '--no-cache', '-', '--stdin-filename', file),
    input: file,
  },
  'a file on standard input': {
    command: danglint('check', '-', '--stdin-filename', file),
    input: file,
    edits: true,
  },
  'a file': { command: danglint('check', file), edits: true },
  all: { command: danglint('check', '.'), edits: true },
  'all, nothing changed': { command: danglint('check', '.') },
});

/** Medians of one tree, as rows of the table. */
function rowsOf(folder) {
  const copy = mkdtempSync(path.join(tmpdir(), 'danglint-daemon-'));
  try {
    cpSync(folder, copy, { recursive: true });
    const files = withFindings(copy);
    control(copy, 'start');
    const runs = new Map(Object.keys(commandsFor('')).map((name) => [name, []]));
    for (let round = 0; round <= Number(values.rounds); round++) {
      const file = files[Math.floor((round * files.length) / (Number(values.rounds) + 1))] ?? '';
      for (const [name, how] of Object.entries(commandsFor(file))) {
        if (how.edits) edit(path.join(copy, file), `${round}_${name.length}`);
        const run = measure(how.command, copy, how.input === undefined ? null : path.join(copy, file));
        // The first round loads the program.
        if (round > 0) runs.get(name).push(run);
      }
    }
    const wall = (name) => median(runs.get(name).map((run) => run.wall));
    const own = wall('all, nothing changed');
    return [...runs.keys()].map(
      (name) =>
        `| ${name} | ${wall(name).toFixed(2)} | ${(wall(name) / wall('bare Node with two wasm modules')).toFixed(1)} | ${(wall(name) / own).toFixed(1)} |`,
    );
  } finally {
    control(copy, 'stop');
    rmSync(copy, { recursive: true, force: true });
  }
}

function control(cwd, action) {
  const [node, ...args] = danglint('daemon', action);
  const run = spawnSync(node, args, { cwd, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
}

/** The files that have findings, relative to the folder. */
function withFindings(cwd) {
  const [node, ...args] = danglint('check', '--no-cache', '--output-format', 'json', '.');
  const { stdout } = spawnSync(node, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 30 });
  return [...new Set(JSON.parse(stdout).map(({ filename }) => path.relative(cwd, filename)))];
}

function edit(file, name) {
  const text = readFileSync(file, 'utf8').replace(/\n*(def edited_\w+\(\):\n {4}pass\n)?$/, '');
  writeFileSync(file, `${text}\n\n\ndef edited_${name}():\n    pass\n`);
}

const parts = positionals.map((folder) =>
  [
    `### ${path.basename(path.resolve(folder))}`,
    '',
    '| | wall, s | times bare Node | times all, nothing changed |',
    '|---|---:|---:|---:|',
    ...rowsOf(folder),
  ].join('\n'),
);
const text = [
  '## With a daemon',
  '',
  `Written by \`node tasks/bench/daemon.mjs\`: medians of ${values.rounds} rounds in turn, each of another file, ${cpus().length} cores, Node ${process.versions.node}. A daemon answers all but the`,
  'runs of their own; what it is asked for comes right behind an edit that puts a function into the file.',
  '',
  parts.join('\n\n'),
].join('\n');
process.stdout.write(`${text}\n`);
if (values.write) writeBlock('daemon', text);
