/**
 * How long a whole `danglint check` takes, beside other tools on the same files, in one run, one after the other in turn.
 *
 *   node tasks/bench/check.mjs [--rounds 5] [--write] [--config SETTING]... FOLDER...
 *
 * RUFF, TY, RG, AST_GREP, SEMGREP and PYLINT name the other tools' programs; those that are not named are left out. Needs python3
 * and find. `--write` puts the table into docs/performance.md. Medians; ratios are to `ruff check --no-cache` of the same folder.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeBlock } from './block.mjs';
import { median, measure } from './clock.mjs';

const bundle = fileURLToPath(new URL('../../packages/cli/dist/danglint.js', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    write: { type: 'boolean', default: false },
    config: { type: 'string', multiple: true, default: [] },
  },
});

const env = (name) => process.env[name] ?? null;
const danglint = (...args) => [
  process.execPath,
  bundle,
  'check',
  '--isolated',
  ...values.config.flatMap((setting) => ['--config', setting]),
  ...args,
  '.',
];
/** A cache of this run's own, beside nobody's tree. */
const cache = mkdtempSync(path.join(tmpdir(), 'danglint-bench-'));
const named = (tool, args) => (tool === null ? null : [tool, ...args]);

const WARM = 'danglint, nothing changed since the last run';

/** What is measured, by name; null for tools that are not at hand. */
const COMMANDS = {
  'all files read once (`cat`)': ['find', '.', '-name', '*.py', '-exec', 'cat', '{}', '+'],
  'danglint, whole program': danglint('--no-cache'),
  [WARM]: danglint('--cache-dir', path.join(cache, 'warm')),
  'danglint `--version`': [process.execPath, bundle, '--version'],
  'ruff `--no-cache --select E9,F,B,DJ`': named(env('RUFF'), [
    'check',
    '--no-cache',
    '--isolated',
    '--quiet',
    '--select',
    'E9,F,B,DJ',
    '.',
  ]),
  'ty check': named(env('TY'), ['check', '--exit-zero', '--quiet', '--no-progress', '.']),
  'ripgrep, one pattern': named(env('RG'), ['--no-ignore', '-t', 'py', 'objects\\.get\\(', '.']),
  'ast-grep, one pattern': named(env('AST_GREP'), [
    'run',
    '--lang',
    'python',
    '--pattern',
    '$M.objects.get($$$)',
    '.',
  ]),
  'semgrep, one rule': named(env('SEMGREP'), [
    '--metrics=off',
    '--disable-version-check',
    '--lang',
    'python',
    '--pattern',
    '$M.objects.get(...)',
    '.',
  ]),
};

function sizeOf(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name.endsWith('.py'),
  );
  const bytes = files.reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);
  return { files: files.length, bytes };
}

function rowsOf(folder) {
  const commands = Object.entries(COMMANDS).filter(([, command]) => command !== null);
  const runs = new Map(commands.map(([name]) => [name, []]));
  measure(COMMANDS[WARM], folder); // fills the cache
  for (let round = 0; round < Number(values.rounds); round++)
    for (const [name, command] of commands) runs.get(name).push(measure(command, folder));
  const of = (name, key) => median(runs.get(name).map((run) => run[key]));
  const ruff = commands.find(([name]) => name.startsWith('ruff'))?.[0] ?? null;
  return commands.map(([name]) => {
    const ratio = ruff === null ? '' : (of(name, 'wall') / of(ruff, 'wall')).toFixed(1);
    const [wall, cpu, peak] = [of(name, 'wall'), of(name, 'cpu'), of(name, 'peak')];
    return `| ${name} | ${wall.toFixed(2)} | ${cpu.toFixed(2)} | ${peak.toFixed(0)} | ${ratio} |`;
  });
}

const parts = positionals.map((folder) => {
  const { files, bytes } = sizeOf(folder);
  return [
    `### ${path.basename(path.resolve(folder))}: ${files} Python files, ${(bytes / 1e6).toFixed(1)} MB`,
    '',
    '| | wall, s | CPU, s | peak, MiB | wall, times ruff |',
    '|---|---:|---:|---:|---:|',
    ...rowsOf(folder),
  ].join('\n');
});
const text = [
  '## A whole check',
  '',
  `Written by \`node tasks/bench/check.mjs\`: medians of ${values.rounds} rounds, each tool in turn, ${cpus().length} cores, Node ${process.versions.node}. danglint shows its`,
  'last answer again when nothing has changed; after any change it reads the whole program, as without a cache. ruff looks at single files, and',
  'danglint leaves out tests; ty reads them, too.',
  '',
  parts.join('\n\n'),
].join('\n');
process.stdout.write(`${text}\n`);
rmSync(cache, { recursive: true });
if (values.write) writeBlock('check', text);
