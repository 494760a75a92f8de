/**
 * How the time of a whole `danglint check` grows with the program: a tree once, twice, four and eight times, side by side.
 *
 *   node tasks/bench/growth.mjs [--rounds 3] [--write] FOLDER
 *
 * The copies have the same names: what asks for names over the whole program would show here. `--write` puts the table into
 * docs/performance.md. Medians of rounds in turn.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeBlock } from './block.mjs';
import { median, measure } from './clock.mjs';

const bundle = fileURLToPath(new URL('../../packages/cli/dist/danglint.js', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '3' }, write: { type: 'boolean', default: false } },
});
const [tree] = positionals;
if (tree === undefined) throw new Error('name the tree to measure');

const COUNTS = [1, 2, 4, 8];
const command = [process.execPath, bundle, 'check', '--isolated', '--no-cache', '.'];

/** Characters, types and calls of one run, as `--verbose` tells them: the same on every machine. */
function workOf(cwd) {
  const { stderr } = spawnSync(command[0], [...command.slice(1), '--verbose'], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const found = /functions in (\d+) characters; (\d+) types and (\d+) calls/.exec(stderr);
  if (found === null) throw new Error(`no counts in: ${stderr.slice(0, 500)}`);
  return { characters: Number(found[1]), types: Number(found[2]), calls: Number(found[3]) };
}

const scratch = mkdtempSync(path.join(tmpdir(), 'danglint-growth-'));
try {
  const folders = COUNTS.map((count) => {
    const folder = path.join(scratch, String(count));
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'pyproject.toml'), '[project]\nname = "copies"\n');
    for (let i = 0; i < count; i++) cpSync(tree, path.join(folder, `copy${i}`), { recursive: true });
    return folder;
  });
  const runs = folders.map(() => []);
  for (let round = 0; round < Number(values.rounds); round++)
    for (const [i, folder] of folders.entries()) runs[i].push(measure(command, folder));
  const works = folders.map(workOf);
  const perMb = (i) => median(runs[i].map(({ wall }) => wall)) / (works[i].characters / 1e6);
  const rows = COUNTS.map((count, i) => {
    const of = (key) => median(runs[i].map((run) => run[key]));
    const { characters, types, calls } = works[i];
    return `| ${count}× | ${(characters / 1e6).toFixed(1)} | ${of('wall').toFixed(2)} | ${of('cpu').toFixed(2)} | ${of('peak').toFixed(0)} | ${(perMb(i) / perMb(0)).toFixed(2)} | ${types} | ${calls} |`;
  });
  const text = [
    '## Growth',
    '',
    `Written by \`node tasks/bench/growth.mjs\`: ${path.basename(path.resolve(tree))} once to eight times, side by side, medians of ${values.rounds} rounds in turn.`,
    '',
    '| | read, MB | wall, s | CPU, s | peak, MiB | time per MB, beside 1× | types inferred | calls followed |',
    '|---|---:|---:|---:|---:|---:|---:|---:|',
    ...rows,
  ].join('\n');
  process.stdout.write(`${text}\n`);
  if (values.write) writeBlock('growth', text);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
