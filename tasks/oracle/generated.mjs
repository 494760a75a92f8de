/**
 * The generated oracle: hundreds of small programs, fixed by the built command line in two runs (safe fixes, all fixes), then
 * executed under real Django with the row there, missing, doubled.
 *
 *   node tasks/oracle/generated.mjs [--django 5.2] [--only WORD] [--python PATH] [--keep] [--verbose]
 *
 * `--python` names an interpreter instead of the environments. DATABASE_URL=postgres://user@host:port/name runs the same on
 * PostgreSQL; that interpreter must have psycopg.
 */
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { danglintCommand } from './danglint.mjs';
import { generate } from './generated/cases.mjs';
import { judge } from './generated/judge.mjs';
import { ensureVenvs } from './venvs.mjs';

/** @typedef {import('./generated/cases.mjs').Generated} Generated */

/**
 * How the sources are fixed, and which cases are. Each run is compared with the sources as they were.
 * @type {readonly {readonly name: string, readonly flags: readonly string[], readonly fits: (one: Generated) => boolean}[]}
 */
const VARIANTS = [
  { name: 'safe', flags: ['--fix'], fits: () => true },
  { name: 'all', flags: ['--fix', '--unsafe-fixes'], fits: () => true },
  { name: 'first', flags: ['--fix', '--unsafe-fixes', '--fix-style', 'first'], fits: ({ many }) => many },
  {
    name: 'batch',
    flags: ['--fix', '--unsafe-fixes', '--config', "fix.loop='batch'"],
    fits: ({ loop }) => loop,
  },
];

const here = fileURLToPath(new URL('generated/', import.meta.url));
const { values: options } = parseArgs({
  options: {
    django: { type: 'string', default: '' },
    only: { type: 'string', default: '' },
    python: { type: 'string', default: '' },
    keep: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});

/**
 * @param {string} folder
 * @param {readonly string[]} flags
 */
function danglint(folder, flags) {
  const [program = '', ...args] = danglintCommand();
  const command = [...args, 'check', '--no-cache', '--isolated', ...flags, '.'];
  const run = spawnSync(program, command, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (run.status === 0 || run.status === 1) return run.stdout;
  throw new Error(`danglint ${flags.join(' ')} ended with exit code ${run.status}:\n${run.stderr}`);
}

/**
 * @param {string} work
 * @param {readonly Generated[]} cases
 */
function writeSources(work, cases) {
  for (const { name: variant, fits } of [{ name: 'original', fits: () => true }, ...VARIANTS]) {
    const folder = path.join(work, variant);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, '__init__.py'), '');
    copyFileSync(path.join(here, 'models.py'), path.join(folder, 'models.py'));
    for (const one of cases.filter(fits)) writeFileSync(path.join(folder, `${one.name}.py`), one.source);
  }
}

/**
 * Fixes the cases of a variant, and tells the doubts of its unsafe fixes by module.
 * @param {string} folder
 * @param {readonly string[]} flags
 * @returns {Map<string, string[]>}
 */
function fix(folder, flags) {
  /** @type {Map<string, string[]>} */
  const doubts = new Map();
  const asking = flags.filter((flag) => flag !== '--fix');
  const findings =
    flags.length === 1 ? [] : JSON.parse(danglint(folder, ['--output-format', 'json', ...asking]));
  for (const { filename, fix: offered } of findings) {
    const name = path.basename(filename, '.py');
    if (offered?.why) doubts.set(name, [...(doubts.get(name) ?? []), offered.why]);
  }
  danglint(folder, flags);
  const again = danglint(folder, [...flags, '--diff']);
  if (again.trim() !== '')
    throw new Error(`a second run with ${flags.join(' ')} would change more:\n${again}`);
  return doubts;
}

/**
 * @param {string} python
 * @param {readonly string[]} args
 * @returns {Promise<void>}
 */
function runPython(python, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(python, ['-B', path.join(here, 'runner.py'), ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (/** @type {Buffer} */ chunk) => (errors += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`runner.py: exit code ${code}\n${errors}`)),
    );
  });
}

/**
 * @param {string} work
 * @param {readonly Generated[]} cases
 * @param {readonly {readonly name: string, readonly python: string}[]} venvs
 */
async function execute(work, cases, venvs) {
  const entries = cases.map((one) => {
    const variants = VARIANTS.filter(
      ({ name, fits }) =>
        fits(one) && readFileSync(path.join(work, name, `${one.name}.py`), 'utf8') !== one.source,
    );
    const scenarios = ['there', 'missing', ...(one.many ? ['doubled'] : [])];
    return { name: one.name, variants: ['original', ...variants.map(({ name }) => name)], scenarios };
  });
  const manifest = path.join(work, 'manifest.json');
  writeFileSync(
    manifest,
    JSON.stringify({
      packages: work,
      apps: ['original', ...VARIANTS.map(({ name }) => name)],
      cases: entries,
    }),
  );
  return Promise.all(
    venvs.map(async ({ name, python }) => {
      const output = path.join(work, `${name}.json`);
      await runPython(python, [manifest, output]);
      return JSON.parse(readFileSync(output, 'utf8'));
    }),
  );
}

/** @returns {readonly {readonly name: string, readonly python: string}[]} */
function interpreters() {
  if (options.python !== '') return [{ name: 'python', python: options.python }];
  const { venvs, ok } = ensureVenvs();
  const chosen = venvs.filter(({ name }) => name.includes(options.django));
  if (!ok || chosen.length === 0)
    throw new Error('an environment is missing: see node tasks/oracle/venvs.mjs');
  return chosen;
}

async function main() {
  const chosen = interpreters();
  const work = mkdtempSync(path.join(os.tmpdir(), 'danglint-generated-'));
  const cases = generate().filter(({ title }) => title.includes(options.only));
  try {
    writeSources(work, cases);
    const doubts = new Map(VARIANTS.map(({ name, flags }) => [name, fix(path.join(work, name), flags)]));
    const runs = await execute(work, cases, chosen);
    const { failures, summary } = judge(cases, runs, doubts);
    for (const line of failures.slice(0, options.verbose ? failures.length : 20)) console.log(line);
    console.log(summary.join('\n'));
    console.log(
      `\ngenerated: ${cases.length} cases on Django ${runs.map(({ django }) => django).join(', ')}, ${failures.length} failed`,
    );
    process.exitCode = failures.length === 0 ? 0 : 1;
  } finally {
    if (options.keep) console.log(`kept: ${work}`);
    else rmSync(work, { recursive: true, force: true });
  }
}

await main().catch((/** @type {unknown} */ error) => {
  console.error(`generated: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
