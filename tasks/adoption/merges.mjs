/** Merges of baselines by git: how many of them end in a conflict. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundleFile } from '../bundled.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * @typedef {{readonly path: string, readonly code: string, readonly fp: string, readonly count: number}} Entry
 * @typedef {readonly Entry[]} Entries
 * @typedef {{baselineOf: (entries: Entries) => unknown, baselineText: (baseline: unknown) => string}} Writer
 */

/** The writer of the command line. */
async function loadWriter() {
  const cache = path.join(root, 'node_modules/.cache/danglint-adoption');
  mkdirSync(cache, { recursive: true });
  const outfile = path.join(cache, 'baseline.mjs');
  await bundleFile('packages/cli/src/adopt/baseline-file.ts', outfile);
  /** @type {Writer} */
  const { baselineOf, baselineText } = await import(pathToFileURL(outfile).href);
  return (/** @type {Entries} */ entries) => baselineText(baselineOf(entries));
}

/** @param {Entry} entry */
const keyOf = ({ path: file, code, fp }) => [file, code, fp].join('\0');

/**
 * What led from one baseline to the other, done to a third.
 * @param {Entries} from
 * @param {Entries} to
 * @param {Entries} base
 * @returns {Entries}
 */
function replay(from, to, base) {
  const counts = new Map(base.map((entry) => [keyOf(entry), entry.count]));
  for (const [entries, sign] of /** @type {const} */ ([
    [from, -1],
    [to, 1],
  ]))
    for (const entry of entries) {
      const key = keyOf(entry);
      counts.set(key, (counts.get(key) ?? 0) + sign * entry.count);
    }
  return [...counts].flatMap(([key, count]) => {
    const [file = '', code = '', fp = ''] = key.split('\0');
    return count > 0 ? [{ path: file, code, fp, count }] : [];
  });
}

/** The same numbers in every run. */
function numbers() {
  let n = 0;
  return (/** @type {number} */ below) =>
    createHash('sha256').update(`${n++}`).digest().readUInt32BE() % below;
}

/**
 * Findings that went and came, as many as asked for.
 * @param {Entries} base
 * @param {number} changes
 * @param {(below: number) => number} random
 * @returns {Entries}
 */
function madeUp(base, changes, random) {
  let entries = base;
  for (let i = 0; i < changes; i++) {
    const at = random(entries.length);
    const like = entries[at];
    if (like === undefined) return entries;
    const fp = createHash('sha256')
      .update(`${random(1 << 30)}`)
      .digest('hex')
      .slice(0, 16);
    entries = random(2) === 0 ? entries.filter((_, n) => n !== at) : [...entries, { ...like, fp }];
  }
  return entries;
}

/**
 * Merges in two kinds: the changes that commits really made, and made-up ones. `texts` are the baselines of commits in a row.
 * @param {readonly string[]} texts
 */
export async function mergeTrials(texts) {
  const write = await loadWriter();
  /** @type {readonly Entries[]} */
  const all = texts.map((text) =>
    JSON.parse(text).findings.filter((/** @type {unknown} */ item) => typeof item !== 'string'),
  );
  const merges = new Merges();
  for (let step = 1; step <= 10; step++) {
    for (let i = 0; i + 2 * step < all.length; i++) {
      const [base = [], ours = [], far = []] = [all[i], all[i + step], all[i + 2 * step]];
      merges.add('real', write(base), write(ours), write(replay(ours, far, base)));
    }
  }
  const random = numbers();
  for (const changes of [1, 3, 5]) {
    for (let i = 0; i < 300; i++) {
      const base = all[i % all.length] ?? [];
      const [ours, theirs] = [madeUp(base, changes, random), madeUp(base, changes, random)];
      merges.add(`${changes} made up`, write(base), write(ours), write(theirs));
    }
  }
  merges.close();
  return merges.results;
}

class Merges {
  #folder = mkdtempSync(path.join(tmpdir(), 'danglint-merges-'));
  /** @type {Record<string, {merges: number, conflicts: number}>} */
  results = {};

  /**
   * Counts a merge in which both sides changed something.
   * @param {string} kind
   * @param {string} base
   * @param {string} ours
   * @param {string} theirs
   */
  add(kind, base, ours, theirs) {
    if (base === ours || base === theirs) return;
    const result = (this.results[kind] ??= { merges: 0, conflicts: 0 });
    const files = Object.entries({ ours, base, theirs }).map(([name, text]) => {
      const file = path.join(this.#folder, name);
      writeFileSync(file, text);
      return file;
    });
    const run = spawnSync('git', ['merge-file', '-p', '-q', ...files]);
    result.merges++;
    if (run.status !== 0) result.conflicts++;
  }

  close() {
    rmSync(this.#folder, { recursive: true });
  }
}
