/** Real histories to try adoption on: the Python files of commits of a git repository, in a work tree of their own. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** DANGLINT_JS names another build. */
const BUNDLE =
  process.env['DANGLINT_JS'] ??
  fileURLToPath(new URL('../../packages/cli/dist/danglint.js', import.meta.url));

/**
 * @param {string} cwd
 * @param {readonly string[]} args
 * @param {string} [input]
 * @returns {Buffer}
 */
export function git(cwd, args, input) {
  const identity = ['-c', 'user.name=danglint', '-c', 'user.email=danglint@example.org', '-c', 'gc.auto=0'];
  const run = spawnSync('git', ['-C', cwd, ...identity, ...args], { input, maxBuffer: 1 << 30 });
  if (run.status !== 0)
    throw new Error(`git ${args[0]}: ${run.error?.message ?? run.stderr.toString().slice(-300)}`);
  return run.stdout;
}

/** Lines that lookups, handlers and checks are made of. */
export const LOOKUPS = '\\.(get|aget|latest|earliest|first)\\(|DoesNotExist';

/**
 * Commits of the first parents that touch Python files, oldest first.
 * @param {string} repository a work tree or a bare repository
 * @param {number} count
 * @param {string} [lines] only commits that add or remove lines like this
 * @returns {readonly string[]}
 */
export function pythonCommits(repository, count, lines) {
  const like = lines === undefined ? [] : ['-E', `-G${lines}`];
  const args = ['log', '--first-parent', '--format=%H', ...like, `-${count}`, 'HEAD'];
  const list = git(repository, [...args, '--', '*.py', ':!**/migrations/**', ':!**/tests/**']);
  return list.toString().trim().split('\n').reverse();
}

/** A repository of its own that holds the Python files of one commit after the other. */
export class WorkTree {
  #repository;
  /** @type {Map<string, string>} blob ids by path */
  #files = new Map();

  /** @param {string} repository */
  constructor(repository) {
    this.#repository = repository;
    this.folder = mkdtempSync(path.join(tmpdir(), 'danglint-history-'));
    git(this.folder, ['init', '-q']);
    process.on('exit', () => rmSync(this.folder, { recursive: true, force: true }));
  }

  /**
   * Brings the files of a commit, and commits them here.
   * @param {string} commit
   */
  take(commit) {
    const wanted = this.#list(commit);
    for (const name of this.#files.keys()) if (!wanted.has(name)) rmSync(path.join(this.folder, name));
    const changed = [...wanted].filter(([name, blob]) => this.#files.get(name) !== blob);
    this.#write(changed);
    this.#files = wanted;
    git(this.folder, ['add', '-A']);
    git(this.folder, ['commit', '-q', '--allow-empty', '-m', commit]);
  }

  /** @param {string} commit */
  #list(commit) {
    const rows = git(this.#repository, ['ls-tree', '-r', '-z', commit]).toString().split('\0');
    /** @type {Map<string, string>} */
    const files = new Map();
    for (const row of rows) {
      const [, mode, blob, name] = /^(\d+) blob ([0-9a-f]+)\t(.*)$/s.exec(row) ?? [];
      if (mode === '120000' || blob === undefined || name === undefined) continue;
      if (/(\.py|(^|\/)pyproject\.toml|(^|\/)\.gitignore)$/.test(name)) files.set(name, blob);
    }
    return files;
  }

  /** @param {readonly (readonly [string, string])[]} files */
  #write(files) {
    if (files.length === 0) return;
    const out = git(this.#repository, ['cat-file', '--batch'], files.map(([, blob]) => `${blob}\n`).join(''));
    let at = 0;
    for (const [name] of files) {
      const end = out.indexOf(10, at);
      const [, type, size] = out.toString('latin1', at, end).split(' ');
      at = end + 1;
      /** A partial copy of a repository lacks some files. */
      if (type !== 'blob') continue;
      mkdirSync(path.dirname(path.join(this.folder, name)), { recursive: true });
      writeFileSync(path.join(this.folder, name), out.subarray(at, at + Number(size)));
      at += Number(size) + 1;
    }
  }
}

/**
 * @typedef {{readonly row: number, readonly column: number}} Point
 * @typedef {{readonly filename: string, readonly location: Point, readonly end_location: Point, readonly message: string}} Label
 * @typedef {Label & {readonly code: string, readonly function: string | null, readonly labels: readonly Label[]}} Finding
 */

/**
 * A run of the built program; paths of its findings are relative to the folder.
 * @param {string} folder
 * @param {readonly string[]} args
 * @returns {readonly Finding[]}
 */
export function findings(folder, args) {
  const run = danglint(folder, ['--output-format', 'json', ...args]);
  const text = run.stdout.toString();
  const home = `${folder}/`;
  return JSON.parse(text, (key, value) => (key === 'filename' ? String(value).replace(home, '') : value));
}

/**
 * @param {string} folder
 * @param {readonly string[]} args
 */
export function danglint(folder, args) {
  const run = spawnSync(process.execPath, [BUNDLE, ...args], { cwd: folder, maxBuffer: 1 << 30 });
  if (run.status === null || run.status > 1)
    throw new Error(`danglint ${args.join(' ')}: ${run.stderr.toString()}`);
  return run;
}

/** Where lines went between two commits of a work tree. */
export class LineMap {
  /** @type {Map<string, string>} new paths by old ones, of files that were renamed or deleted ('') */
  #renamed = new Map();
  /** @type {Map<string, {readonly from: number, readonly removed: number, readonly added: number}[]>} hunks by old path */
  #hunks = new Map();

  /**
   * @param {string} folder
   * @param {string} from
   * @param {string} to
   */
  constructor(folder, from, to) {
    const diff = git(folder, [
      '-c',
      'core.quotePath=false',
      'diff',
      '-U0',
      '-M',
      from,
      to,
      '--',
      '*.py',
    ]).toString();
    let old = '';
    let body = 0;
    for (const line of diff.split('\n')) {
      if (body > 0 && /^[-+]/.test(line)) body--;
      else if (line.startsWith('rename from ')) old = line.slice(12);
      else if (line.startsWith('rename to ')) this.#renamed.set(old, line.slice(10));
      else if (line.startsWith('--- '))
        old = line.startsWith('--- a/') ? line.slice(6).replace(/\t$/, '') : '';
      else if (line === '+++ /dev/null') this.#renamed.set(old, '');
      else body = this.#hunk(old, line);
    }
  }

  /**
   * @param {string} old
   * @param {string} line
   */
  #hunk(old, line) {
    const found = /^@@ -(\d+)(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line);
    if (found === null) return 0;
    const [removed, added] = [Number(found[2] ?? 1), Number(found[3] ?? 1)];
    const hunk = { from: Number(found[1]) + (removed === 0 ? 1 : 0), removed, added };
    const hunks = this.#hunks.get(old);
    if (hunks === undefined) this.#hunks.set(old, [hunk]);
    else hunks.push(hunk);
    return removed + added;
  }

  /**
   * Where an old line stands now; null when it was changed or taken out.
   * @param {string} file
   * @param {number} row
   * @returns {readonly [string, number] | null}
   */
  now(file, row) {
    const name = this.#renamed.get(file) ?? file;
    if (name === '') return null;
    let drift = 0;
    for (const { from, removed, added } of this.#hunks.get(file) ?? []) {
      if (row < from) break;
      if (row < from + removed) return null;
      drift += added - removed;
    }
    return [name, row + drift];
  }
}

/**
 * The code of a place, without blanks.
 * @param {string} folder
 * @param {Label} place
 */
export function codeOf(folder, { filename, location, end_location }) {
  const lines = readFileSync(path.join(folder, filename), 'utf8').split(/\r?\n/);
  const rows = lines.slice(location.row - 1, end_location.row).map((line) => Array.from(line));
  const last = rows.length - 1;
  if (rows[last] !== undefined) rows[last] = rows[last].slice(0, end_location.column - 1);
  if (rows[0] !== undefined) rows[0] = rows[0].slice(location.column - 1);
  return rows
    .map((row) => row.join(''))
    .join('')
    .replaceAll(/\s+/g, '');
}
