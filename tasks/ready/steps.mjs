/** Running the steps of a task: one command after another, loud, stopping at the first failure. */
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
 * @param {{readonly ok?: readonly number[], readonly env?: Readonly<Record<string, string>>}} [options]
 * @returns {number} the exit code
 */
export function step(title, command, args, { ok = [0], env = {} } = {}) {
  console.error(`\n> ${title}: ${command === process.execPath ? 'node' : command} ${args.join(' ')}`);
  const run = spawnSync(command, [...args], { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  if (run.error) {
    console.error(`${title}: ${run.error.message}`);
    process.exit(1);
  }
  const code = run.status ?? 1;
  if (!ok.includes(code)) {
    console.error(`\n${title} failed with exit code ${code}.`);
    process.exit(code === 0 ? 1 : code);
  }
  return code;
}

/** Installs exactly what the lockfile says. */
export function install() {
  const args = ['-y', PNPM, 'install', '--frozen-lockfile', '--reporter=append-only'];
  step('install', 'npx', args, { env: { CI: 'true' } });
}

export function build() {
  tool('typecheck', 'typescript', 'tsc', ['-b']);
  step('bundle', process.execPath, ['tasks/bundle.mjs']);
}

/**
 * Runs a tool of node_modules by its own entry file, so that no shell and no PATH is in between.
 * @param {string} title
 * @param {string} name the package
 * @param {string} bin the name of its binary
 * @param {readonly string[]} args
 * @returns {number} the exit code
 */
export function tool(title, name, bin, args) {
  const home = path.join(root, 'node_modules', name);
  /** @type {{bin: string | Record<string, string>}} */
  const manifest = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8'));
  const entry = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[bin];
  if (entry === undefined) throw new Error(`${name} has no binary "${bin}"`);
  return step(title, process.execPath, [path.relative(root, path.join(home, entry)), ...args]);
}
