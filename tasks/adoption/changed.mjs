/**
 * `node tasks/adoption/changed.mjs REPOSITORY [COMMITS]`: `--changed --since` on real commits that touch lookups, against two
 * full runs.
 *
 * A finding of the second run is different when the first run has none of the same rule whose lookup and whose path stand, line by
 * line, on lines that the commit has not touched. `--changed` should report those and no others.
 */
import { danglint, findings, LineMap, LOOKUPS, pythonCommits, WorkTree } from './history.mjs';

/** @typedef {import('./history.mjs').Finding} Finding */

const [repository, count = '20'] = process.argv.slice(2);
if (repository === undefined) {
  console.error('usage: node tasks/adoption/changed.mjs REPOSITORY [COMMITS]');
  process.exit(2);
}

const tree = new WorkTree(repository);
const total = { commits: 0, equal: 0, different: 0, reported: 0, missed: 0, more: 0 };

for (const commit of pythonCommits(repository, Number(count), LOOKUPS)) {
  tree.take(`${commit}^`);
  const before = findings(tree.folder, ['--no-baseline']);
  tree.take(commit);
  const all = findings(tree.folder, ['--no-baseline']);
  const map = new LineMap(tree.folder, 'HEAD~1', 'HEAD');
  const untouched = new Set(before.map((finding) => key(finding, (file, row) => map.now(file, row))));
  const here = (/** @type {string} */ file, /** @type {number} */ row) => /** @type {const} */ ([file, row]);
  const different = new Map(all.map((finding) => [key(finding, here), finding]));
  for (const name of untouched) different.delete(name);
  const reported = new Map(
    findings(tree.folder, ['--no-baseline', '--changed', '--since', 'HEAD~1']).map((finding) => [
      key(finding, here),
      finding,
    ]),
  );
  const missed = [...different].filter(([name]) => !reported.has(name));
  const more = [...reported].filter(([name]) => !different.has(name));
  total.commits++;
  total.equal += missed.length + more.length === 0 ? 1 : 0;
  total.different += different.size;
  total.reported += reported.size;
  total.missed += missed.length;
  total.more += more.length;
  for (const [what, list] of Object.entries({ missed, more }))
    for (const [, finding] of list) tell(what, commit, finding);
}
console.log(JSON.stringify(total));
/** `danglint` must not have changed the tree. */
if (danglint(tree.folder, ['--changed', '-q', '--exit-zero']).stdout.length > 0)
  console.log('the work tree is not clean');
process.exitCode = total.missed === 0 ? 0 : 1;

/**
 * Rule, lookup and path; null when a line of them was touched.
 * @param {Finding} finding
 * @param {(file: string, row: number) => readonly [string, number] | null} now
 */
function key({ labels, ...finding }, now) {
  /** @type {string[]} */
  const parts = [finding.code];
  for (const { filename, location, end_location } of [finding, ...labels]) {
    for (let row = location.row; row <= end_location.row; row++) {
      const place = now(filename, row);
      if (place === null) return null;
      parts.push(`${place[0]}:${place[1]}:${location.column}`);
    }
  }
  return parts.join(' ');
}

/**
 * @param {string} what
 * @param {string} commit
 * @param {Finding} finding
 */
function tell(what, commit, { filename, location, code, message }) {
  console.log(`${what}: ${commit.slice(0, 10)} ${filename}:${location.row} ${code} ${message}`);
}
