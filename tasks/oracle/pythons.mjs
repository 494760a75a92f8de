/**
 * Which Pythons this machine has. A name on the PATH proves nothing (a pyenv shim is there and refuses), so every candidate is
 * run, and what it says about itself is what counts.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** @typedef {{readonly command: string, readonly minor: number, readonly version: string}} Python a CPython 3.<minor> that can make environments */

const NAMES = ['python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python3', 'python'];

/** `ensurepip` is missing where a distribution packages it apart: such a Python cannot make an environment with pip. */
const PROBE =
  'import sys, venv, ensurepip, sqlite3; print(sys.version_info[0], sys.version_info[1], sys.version.split()[0], sys.executable)';

/**
 * @param {string} command
 * @returns {Python | undefined}
 */
function probe(command) {
  const run = spawnSync(command, ['-c', PROBE], { encoding: 'utf8', timeout: 20_000 });
  if (run.status !== 0) return undefined;
  const [major, minor, version, ...executable] = run.stdout.trim().split(' ');
  if (major !== '3' || minor === undefined || version === undefined) return undefined;
  return { command: executable.join(' '), minor: Number(minor), version };
}

/** @returns {string[]} the interpreters that pyenv has installed, if there is a pyenv */
function pyenvPythons() {
  const list = spawnSync('pyenv', ['versions', '--bare'], { encoding: 'utf8', timeout: 20_000 });
  if (list.status !== 0) return [];
  const names = list.stdout.split('\n').filter((name) => /^3\.\d+\.\d+$/.test(name.trim()));
  return names.flatMap((name) => {
    const prefix = spawnSync('pyenv', ['prefix', name.trim()], { encoding: 'utf8', timeout: 20_000 });
    return prefix.status === 0 ? [path.join(prefix.stdout.trim(), 'bin', 'python')] : [];
  });
}

/**
 * @param {number} minor
 * @returns {Python | undefined} a working Python 3.<minor>
 */
function find(minor) {
  for (const name of NAMES) {
    if (/3\.\d+$/.test(name) && !name.endsWith(`3.${minor}`)) continue;
    const python = known(name);
    if (python?.minor === minor) return python;
  }
  return pyenv().find((python) => python.minor === minor);
}

/** @type {Map<string, Python | undefined>} */
const probed = new Map();

/**
 * @param {string} command
 * @returns {Python | undefined}
 */
function known(command) {
  if (!probed.has(command)) probed.set(command, probe(command));
  return probed.get(command);
}

/** @type {readonly Python[] | undefined} */
let ofPyenv;

/** @returns {readonly Python[]} newest first */
function pyenv() {
  ofPyenv ??= pyenvPythons()
    .flatMap((command) => known(command) ?? [])
    .sort((a, b) => b.minor - a.minor);
  return ofPyenv;
}

/**
 * The newest Python between two minor versions, both included.
 * @param {number} oldest
 * @param {number} newest
 * @returns {Python | undefined}
 */
export function findPython(oldest, newest) {
  for (let minor = newest; minor >= oldest; minor--) {
    const python = find(minor);
    if (python) return python;
  }
  return undefined;
}
