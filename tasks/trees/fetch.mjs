/**
 * `node tasks/trees/fetch.mjs [name...]`: brings real Django applications (pins.json) into .trees/<name>-<version>/, to run the
 * linter on. Wheels are downloaded from PyPI with pip and never built or imported; a wheel whose SHA-256 differs from its pin is refused.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {{readonly version: string, readonly file: string, readonly sha256: string, readonly for: readonly string[]}} Pin */

const here = fileURLToPath(new URL('.', import.meta.url));
const trees = path.join(here, '../../.trees');
/** @type {Record<string, Pin>} */
const pins = JSON.parse(readFileSync(path.join(here, 'pins.json'), 'utf8'));

const asked = process.argv.slice(2);
let failed = 0;
for (const name of asked.length > 0 ? asked : Object.keys(pins)) {
  try {
    console.error(`${name}: ${fetchTree(name)}`);
  } catch (error) {
    failed += 1;
    console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
process.exitCode = failed > 0 ? 1 : 0;

/**
 * @param {string} name
 * @returns {string} what was done
 */
function fetchTree(name) {
  const pin = pins[name];
  if (pin === undefined) throw new Error(`no such tree; known: ${Object.keys(pins).join(', ')}`);
  const target = path.join(trees, `${name}-${pin.version}`);
  if (existsSync(target)) return `is in ${relative(target)}`;
  mkdirSync(trees, { recursive: true });
  const work = mkdtempSync(path.join(trees, '.fetch-'));
  try {
    const wheel = download(name, pin, work);
    const unpacked = path.join(work, 'tree');
    const count = python([path.join(here, 'unpack.py'), wheel, unpacked]).trim();
    renameSync(unpacked, target);
    return `${count} files in ${relative(target)}`;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * @param {string} name
 * @param {Pin} pin
 * @param {string} folder
 * @returns {string} the wheel's path, its hash verified
 */
function download(name, pin, folder) {
  const quiet = ['--quiet', '--disable-pip-version-check', '--no-input'];
  const wheelOnly = ['--no-deps', '--only-binary=:all:', '--ignore-requires-python', ...pin.for];
  python(['-m', 'pip', 'download', ...quiet, ...wheelOnly, '--dest', folder, `${name}==${pin.version}`]);
  const wheel = path.join(folder, pin.file);
  if (!existsSync(wheel))
    throw new Error(`pip brought another file than ${pin.file}; see tasks/trees/pins.json`);
  const sha256 = createHash('sha256').update(readFileSync(wheel)).digest('hex');
  if (sha256 === pin.sha256) return wheel;
  throw new Error(`${pin.file} has SHA-256 ${sha256}, pinned is ${pin.sha256}: not unpacked`);
}

/**
 * @param {readonly string[]} args
 * @returns {string} what it printed
 */
function python(args) {
  const run = spawnSync('python3', [...args], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (run.error) throw new Error(`python3 with pip is needed: ${run.error.message}`);
  if (run.status === 0) return run.stdout;
  throw new Error(`python3 ${args.slice(0, 3).join(' ')} failed:\n${run.stderr.trim()}`);
}

/** @param {string} file */
function relative(file) {
  return path.relative(process.cwd(), file) || '.';
}
