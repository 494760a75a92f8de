/**
 * `node tasks/adoption/baseline.mjs REPOSITORY [COMMITS]`: a baseline on a real history, by commits that touch lookups.
 *
 * 1. The baseline of the first commit is kept over all later ones. What stands on a line that no commit has touched since is old,
 *    wherever that line is now; every other finding is new. Old ones must not come back, new ones must not be hidden.
 * 2. Two branches from one commit each take the changes that the baseline really made over some commits (and as many made-up ones),
 *    and are merged by git.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { codeOf, danglint, findings, LineMap, LOOKUPS, pythonCommits, WorkTree } from './history.mjs';
import { mergeTrials } from './merges.mjs';

/** @typedef {import('./history.mjs').Finding} Finding */

const [repository, count = '50'] = process.argv.slice(2);
if (repository === undefined) {
  console.error('usage: node tasks/adoption/baseline.mjs REPOSITORY [COMMITS]');
  process.exit(2);
}

const tree = new WorkTree(repository);
/** Where `git add` does not see it. */
const FILE = path.join(tree.folder, '.git/baseline.json');
const commits = pythonCommits(repository, Number(count) + 1, LOOKUPS);
const [first = '', ...later] = commits;
tree.take(first);
danglint(tree.folder, ['--update-baseline', '--baseline', FILE, '-q']);
const kept = readFileSync(FILE, 'utf8');
/** The baseline as each commit would have it. */
const baselines = [kept];

/** @param {Finding} finding */
const placeOf = ({ filename, location }) => `${filename}:${location.row}:${location.column}`;

const start = findings(tree.folder, ['--no-baseline']);
/** Rule, function and code of the first commit's findings. */
const knownCode = new Set(start.map(codeKey));
/** @type {Map<string, {readonly code: string}>} findings of the first commit, where they are now */
let old = new Map(start.map((finding) => [placeOf(finding), { code: finding.code }]));
/** @type {Map<string, string>} baselines by what they hold */
const written = new Map();
/** @type {Set<string>} */
const told = new Set();
const total = { runs: 0, known: 0, fresh: 0, back: 0, recoded: 0, edited: 0, hidden: 0 };
console.log(`${later.length} commits, ${old.size} findings at the first`);

for (const commit of later) {
  tree.take(commit);
  const map = new LineMap(tree.folder, 'HEAD~1', 'HEAD');
  /** @type {typeof old} */
  const next = new Map();
  for (const [place, entry] of old) {
    const [file = '', row = '', column = ''] = place.split(':');
    const now = map.now(file, Number(row));
    if (now !== null) next.set(`${now[0]}:${now[1]}:${column}`, entry);
  }
  old = next;
  judge(commit);
}
console.log(JSON.stringify(total));
console.log(JSON.stringify(await mergeTrials(baselines)));
process.exitCode = total.back + total.hidden === 0 ? 0 : 1;

/** @param {string} commit */
function judge(commit) {
  writeFileSync(FILE, kept);
  const all = findings(tree.folder, ['--no-baseline']);
  const fresh = new Set(
    findings(tree.folder, ['--baseline', FILE]).map((finding) => placeOf(finding) + finding.code),
  );
  total.runs++;
  for (const finding of all) {
    const before = old.get(placeOf(finding));
    const isFresh = fresh.has(placeOf(finding) + finding.code);
    total[isFresh ? 'fresh' : 'known']++;
    if (isFresh && before !== undefined)
      tell(before.code === finding.code ? 'back' : 'recoded', commit, finding, before.code);
    if (!isFresh && before === undefined)
      tell(knownCode.has(codeKey(finding)) ? 'edited' : 'hidden', commit, finding, '');
  }
  baselines.push(baselineNow(all));
}

/**
 * The baseline as `--update-baseline` writes it; the same findings have the same one.
 * @param {readonly Finding[]} all
 */
function baselineNow(all) {
  const names = all
    .map((finding) => finding.filename + codeKey(finding))
    .sort()
    .join();
  const known = written.get(names);
  if (known !== undefined) return known;
  danglint(tree.folder, ['--update-baseline', '--baseline', FILE, '-q']);
  const text = readFileSync(FILE, 'utf8');
  written.set(names, text);
  return text;
}

/**
 * What a finding is called when its line was touched and its lookup was not.
 * @param {Finding} finding
 */
function codeKey(finding) {
  return [finding.code, finding.function, codeOf(tree.folder, finding)].join('\0');
}

/**
 * @param {'back' | 'recoded' | 'edited' | 'hidden'} what
 * @param {string} commit
 * @param {Finding} finding
 * @param {string} code
 */
function tell(what, commit, finding, code) {
  total[what]++;
  const key = [what, finding.filename, finding.function, finding.code].join(' ');
  if (told.has(key)) return;
  told.add(key);
  console.log(
    `${what}: ${commit.slice(0, 10)} ${placeOf(finding)} ${code === '' ? '' : `${code} -> `}${finding.code} ${finding.function}`,
  );
}
