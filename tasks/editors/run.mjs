/**
 * The language server under clients that nobody here wrote: pytest-lsp with what recorded versions of VS Code, Neovim and Emacs
 * announce, Neovim as Debian has it, a recent Neovim, and Emacs with eglot. Each opens a project, sees a finding, fixes it on
 * save on the disk, applies a fix in two files, and is told anew when the models are renamed.
 *
 *   node tasks/editors/run.mjs [NAME ...]      pytest-lsp neovim neovim-recent neovim-recent-pull emacs
 *
 * Needs the bundle. What is missing is installed (tools.mjs). What cannot be installed is a failure that says so in CI, where
 * DANGLINT_EDITORS is `required`, and a client that is skipped elsewhere.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureTools } from './tools.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = path.join(here, '../..');

/** @typedef {{readonly passed: number, readonly failed: number}} Counts */

const script = (/** @type {string} */ name) => path.join(here, name);
const nvim = ['--headless', '-u', 'NONE', '-i', 'NONE', '-S'];
const tools = ensureTools();

/** @type {readonly {readonly name: string, readonly tool: string | null, readonly args: readonly string[], readonly env?: Record<string, string>}[]} */
const clients = [
  {
    name: 'pytest-lsp',
    tool: tools.python,
    args: [
      '-m',
      'pytest',
      '-q',
      '-rA',
      '-p',
      'no:cacheprovider',
      '-c',
      os.devNull,
      script('test_danglint.py'),
    ],
  },
  { name: 'neovim', tool: tools.neovim, args: [...nvim, script('neovim-push.lua')] },
  { name: 'neovim-recent', tool: tools.recentNeovim, args: [...nvim, script('neovim-pull.lua')] },
  {
    name: 'neovim-recent-pull',
    tool: tools.recentNeovim,
    args: [...nvim, script('neovim-pull.lua')],
    env: { DANGLINT_PULL: '1' },
  },
  { name: 'emacs', tool: tools.emacs, args: ['--batch', '-l', script('emacs.el')] },
];

const wanted = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (const client of clients.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const counts = runOne(client);
  passed += counts.passed;
  failed += counts.failed;
}
console.log(`editors: ${passed} passed, ${failed} failed`);
mkdirSync(path.join(root, 'reports'), { recursive: true });
writeFileSync(path.join(root, 'reports/editors.json'), `${JSON.stringify({ passed, failed })}\n`);
process.exitCode = failed > 0 ? 1 : 0;

/**
 * @param {(typeof clients)[number]} client
 * @returns {Counts}
 */
function runOne({ name, tool, args, env = {} }) {
  if (tool === null) {
    const required = process.env['DANGLINT_EDITORS'] === 'required' || wanted.length > 0;
    const what = required ? 'FAILED' : 'skipped';
    console.log(`${name}: ${what}: the program is not there and could not be installed`);
    return { passed: 0, failed: required ? 1 : 0 };
  }
  const folder = mkdtempSync(path.join(os.tmpdir(), 'danglint-editor-'));
  const project = path.join(folder, 'project');
  cpSync(script('project'), project, { recursive: true });
  spawnSync('git', ['init', '-q', project]);
  const run = spawnSync(tool, [...args], {
    cwd: project,
    encoding: 'utf8',
    timeout: 300_000,
    env: {
      ...process.env,
      ...env,
      HOME: folder,
      DANGLINT_NODE: process.execPath,
      DANGLINT_BIN: path.join(root, 'packages/cli/dist/danglint.js'),
    },
  });
  rmSync(folder, { recursive: true, force: true });
  return counted(name, run.stdout ?? '', run.stderr ?? '', run.error?.message ?? null);
}

/**
 * Counts `ok` and `not ok` lines, and pytest's PASSED, FAILED and ERROR lines. A client that says nothing failed.
 * @param {string} name
 * @param {string} stdout
 * @param {string} stderr
 * @param {string | null} broken
 * @returns {Counts}
 */
function counted(name, stdout, stderr, broken) {
  const lines = stdout.split('\n');
  const good = lines.filter((line) => /^(ok |PASSED )/.test(line)).length;
  const bad = lines.filter((line) => /^(not ok |FAILED |ERROR )/.test(line));
  const failures = bad.length + (broken !== null || good + bad.length === 0 ? 1 : 0);
  console.log(`${name}: ${good} passed, ${failures} failed`);
  if (failures > 0) {
    console.log(
      [...bad, broken ?? '', ...stdout.split('\n').slice(-30), ...stderr.split('\n').slice(-15)].join('\n'),
    );
  }
  return { passed: good, failed: failures };
}
