/** Running the steps of a task: one command after another, each shown before it starts. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** The pnpm that installs this workspace. `npx` brings it: nothing needs to be installed by hand. */
const PNPM = 'pnpm@10.34.9';

/**
 * Runs one command in the workspace's root and shows what it prints.
 * @param {string} title
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Readonly<Record<number, string>>} meanings exit codes that are answers, and what they mean
 * @returns {number} its exit code
 */
export function attempt(title, command, args, meanings = {}) {
  console.error(`\n> ${title}: ${command === process.execPath ? 'node' : command} ${args.join(' ')}`);
  const shell = process.platform === 'win32' && command === 'npx';
  const run = spawnSync(command, [...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell });
  if (run.error) console.error(`${title}: ${run.error.message}`);
  const code = run.status ?? 1;
  if (code !== 0)
    console.error(`${title}: exit code ${code}${code in meanings ? `: ${meanings[code]}` : ''}`);
  return code;
}

/**
 * Like `attempt`, but what comes after makes no sense without it: ends the whole task when it fails.
 * @param {string} title
 * @param {string} command
 * @param {readonly string[]} args
 */
export function need(title, command, args) {
  const code = attempt(title, command, args);
  if (code !== 0) process.exit(code);
}

/**
 * Installs exactly what the lockfile says, without a question even where another pnpm filled node_modules before. Warnings are
 * left out: before the first build pnpm finds no file behind the name `danglint`.
 */
export function install() {
  const quiet = ['--prefer-offline', '--config.confirmModulesPurge=false', '--loglevel=error'];
  need('install', 'npx', ['-y', PNPM, 'install', '--frozen-lockfile', ...quiet]);
}

export function build() {
  need('typecheck', process.execPath, [bin('typescript', 'tsc'), '-b']);
  need('bundle', process.execPath, ['tasks/bundle.mjs']);
}

/**
 * The entry file of a tool in node_modules: run with node itself, no shell and no PATH is in between.
 * @param {string} name the package
 * @param {string} tool the name of its binary
 */
export function bin(name, tool) {
  const home = path.join(root, 'node_modules', name);
  /** @type {{bin: string | Record<string, string>}} */
  const manifest = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8'));
  const entry = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[tool];
  if (entry === undefined) throw new Error(`${name} has no binary "${tool}"`);
  return path.relative(root, path.join(home, entry));
}
