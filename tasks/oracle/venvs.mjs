/**
 * One virtual environment a Django version, in `.venvs/` at the root (git-ignored): `node tasks/oracle/venvs.mjs` makes what is
 * missing and says what it has. Pinned versions stand in requirements/; a stamp file with their hash makes a second run instant.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPython } from './pythons.mjs';

/** @typedef {{readonly name: string, readonly python: string} | {readonly name: string, readonly skipped: string}} Venv */

const here = fileURLToPath(new URL('.', import.meta.url));
const home = path.join(here, '../../.venvs');

/** Django versions and the Pythons that each supports: 3.<oldest> to 3.<newest>. */
const VERSIONS = [
  { name: 'django-4.2', oldest: 10, newest: 12 },
  { name: 'django-5.2', oldest: 10, newest: 14 },
  { name: 'django-6.1', oldest: 12, newest: 14 },
];

const bin = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {string | undefined} what went wrong
 */
function run(command, args) {
  const done = spawnSync(command, [...args], { encoding: 'utf8' });
  if (done.error) return done.error.message;
  if (done.status === 0) return undefined;
  return (done.stderr.trim() || done.stdout.trim()).split('\n').slice(-3).join('\n');
}

/**
 * Built beside its place and renamed: a run that is broken off leaves nothing that looks finished, and two runs at once do
 * not write into one folder. (Only `bin/python` is ever used, and that survives a rename.)
 * @param {string} folder
 * @param {string} python
 * @param {string} requirements
 * @returns {string | undefined} what went wrong
 */
export function build(folder, python, requirements) {
  const draft = `${folder}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(path.dirname(folder), { recursive: true });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements];
  const failed = run(python, ['-m', 'venv', draft]) ?? run(path.join(draft, ...bin), pip);
  if (failed !== undefined) {
    rmSync(draft, { recursive: true, force: true });
    return failed;
  }
  writeFileSync(path.join(draft, 'stamp'), stampOf(requirements));
  if (isCurrent(folder, requirements)) {
    rmSync(draft, { recursive: true, force: true });
  } else {
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  }
  return undefined;
}

/**
 * @param {string} folder
 * @param {string} requirements
 */
export function isCurrent(folder, requirements) {
  const stamp = path.join(folder, 'stamp');
  if (!existsSync(path.join(folder, ...bin)) || !existsSync(stamp)) return false;
  return readFileSync(stamp, 'utf8') === stampOf(requirements);
}

/** @param {string} requirements */
const stampOf = (requirements) => createHash('sha256').update(readFileSync(requirements)).digest('hex');

/**
 * @param {(typeof VERSIONS)[number]} version
 * @param {(line: string) => void} log
 * @returns {Venv}
 */
function ensure({ name, oldest, newest }, log) {
  const requirements = path.join(here, 'requirements', `${name}.txt`);
  const folder = path.join(home, name);
  const python = path.join(folder, ...bin);
  if (isCurrent(folder, requirements)) return { name, python };
  const base = findPython(oldest, newest);
  if (!base)
    return { name, skipped: `needs Python 3.${oldest} to 3.${newest} with venv, none of them runs here` };
  log(`${name}: making an environment with Python ${base.version}`);
  const failed = build(folder, base.command, requirements);
  if (failed === undefined) return { name, python };
  return { name, skipped: `the environment could not be made with Python ${base.version}: ${failed}` };
}

/**
 * Every environment that this machine can have. In CI a version that is skipped is an error: there it would be a green run
 * that proved nothing.
 * @param {(line: string) => void} [log]
 * @returns {{readonly venvs: readonly {readonly name: string, readonly python: string}[], readonly ok: boolean}}
 */
export function ensureVenvs(log = (line) => console.error(line)) {
  const ci = process.env['CI'] === 'true';
  const venvs = [];
  let ok = true;
  for (const version of VERSIONS) {
    const venv = ensure(version, log);
    if ('python' in venv) {
      venvs.push(venv);
      continue;
    }
    log(`${venv.name}: ${ci ? 'MISSING, and CI must run every version' : 'skipped'}: ${venv.skipped}`);
    if (ci) ok = false;
  }
  if (venvs.length === 0) {
    log('No Django version can run here: install Python 3.10 or newer (with its venv module).');
    ok = false;
  }
  log(`Django: ${venvs.map((venv) => venv.name.replace('django-', '')).join(', ') || 'none'}`);
  return { venvs, ok };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = ensureVenvs().ok ? 0 : 1;
