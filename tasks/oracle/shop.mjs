/**
 * The example shop under every Django version: its own tests pass, on the source as it is and on a copy that danglint has
 * fixed (safe fixes, then all of them). Every test covers rows that exist or answers that the code already gives, so a fix
 * must not change one of them.
 *
 *   node tasks/oracle/shop.mjs [--original]      --original: without the fixed copies
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { danglintCommand } from './danglint.mjs';
import { ensureVenvs } from './venvs.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const shop = path.join(root, 'examples/shop');
const generated = /__pycache__|\.sqlite3$|\.danglint_cache/;

/** @param {string} folder */
function changedFiles(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.py'),
  );
  /** @param {string} file */
  const changed = (file) =>
    !readFileSync(path.join(folder, file)).equals(readFileSync(path.join(shop, file)));
  return files.filter(changed);
}

/**
 * A copy of the shop, fixed with these flags.
 * @param {string} work
 * @param {string} name
 * @param {readonly string[] | undefined} flags undefined: not fixed at all
 */
function variant(work, name, flags) {
  const folder = path.join(work, name);
  cpSync(shop, folder, { recursive: true, filter: (source) => !generated.test(source) });
  if (flags === undefined) return folder;
  const [program = '', ...args] = danglintCommand();
  const run = spawnSync(program, [...args, 'check', ...flags, '.'], { cwd: folder, encoding: 'utf8' });
  if (run.status !== 0 && run.status !== 1)
    throw new Error(`danglint ended with exit code ${run.status} on the shop:\n${run.stderr}`);
  if (changedFiles(folder).length === 0)
    throw new Error(`danglint ${flags.join(' ')} changed nothing in the shop`);
  return folder;
}

/** @type {readonly {readonly what: string, readonly flags: readonly string[] | undefined}[]} */
const variants = [
  { what: 'as it is', flags: undefined },
  { what: 'safe fixes', flags: ['--fix'] },
  { what: 'all fixes', flags: ['--fix', '--unsafe-fixes'] },
];
const chosen = process.argv.includes('--original') ? variants.slice(0, 1) : variants;

const { venvs, ok } = ensureVenvs();
const work = mkdtempSync(path.join(os.tmpdir(), 'danglint-shop-'));
let passed = 0;
let failed = ok ? 0 : 1;
try {
  for (const { what, flags } of chosen) {
    const folder = variant(work, what.replace(' ', '-'), flags);
    for (const { name, python } of venvs) {
      const run = spawnSync(python, ['-B', 'manage.py', 'test'], { cwd: folder, encoding: 'utf8' });
      const good = run.status === 0;
      if (good) passed += 1;
      else failed += 1;
      const tests = /Ran (\d+) tests/.exec(run.stderr)?.[1] ?? 'no';
      console.log(`shop, ${what}, ${name}: ${good ? `${tests} tests passed` : `FAILED\n${run.stderr}`}`);
    }
  }
} catch (error) {
  console.error(`shop: ${error instanceof Error ? error.message : String(error)}`);
  failed += 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(`\nshop: ${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
