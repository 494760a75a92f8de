/**
 * Snapshots of findings: one line each, `path:line CODE function`, no text of the trees.
 * @typedef {{readonly place: string, readonly code: string, readonly name: string}} Line
 */

/**
 * @param {readonly {readonly filename: string, readonly code: string, readonly function: string | null, readonly location: {readonly row: number}}[]} reports
 * @param {(filename: string) => string} relative
 */
export function snapshotOf(reports, relative) {
  const lines = reports.map(
    ({ filename, location, code, function: name }) =>
      /** @type {const} */ ([relative(filename), location.row, code, name ?? '-']),
  );
  lines.sort(([a, m, c], [b, n, d]) => (a < b ? -1 : a > b ? 1 : m - n || (c < d ? -1 : c > d ? 1 : 0)));
  return lines.map(([path, row, code, name]) => `${path}:${row} ${code} ${name}\n`).join('');
}

/**
 * What changed between two snapshots, for people: a place that another rule reports now, findings that are gone, new ones, and
 * the counts by rule. Empty for equal ones.
 * @param {string} before
 * @param {string} after
 */
export function difference(before, after) {
  const [gone, fresh] = [minus(before, after), minus(after, before)];
  const changed = gone.flatMap((old) => {
    const at = fresh.findIndex(({ place, name }) => place === old.place && name === old.name);
    const now = at < 0 ? undefined : fresh.splice(at, 1)[0];
    return now === undefined ? [] : [{ old, now }];
  });
  const lost = gone.filter((line) => !changed.some(({ old }) => old === line));
  const counts = byCode(before, after);
  return [
    ...changed.map(({ old, now }) => `~ ${old.place} ${old.name}: ${old.code} is ${now.code} now`),
    ...lost.map(({ place, code, name }) => `- ${place} ${name}: ${code}`),
    ...fresh.map(({ place, code, name }) => `+ ${place} ${name}: ${code}`),
    ...counts,
  ];
}

/**
 * @param {string} text
 * @returns {Line[]}
 */
function parse(text) {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [place = '', code = '', ...name] = line.split(' ');
      return { place, code, name: name.join(' ') };
    });
}

/**
 * Lines of `a` that `b` lacks; equal ones are counted.
 * @param {string} a
 * @param {string} b
 */
function minus(a, b) {
  /** @type {Map<string, number>} */
  const left = new Map();
  for (const line of b.split('\n')) left.set(line, (left.get(line) ?? 0) + 1);
  const kept = a.split('\n').filter((line) => {
    const count = left.get(line) ?? 0;
    if (count > 0) left.set(line, count - 1);
    return count === 0;
  });
  return parse(kept.join('\n'));
}

/**
 * @param {string} before
 * @param {string} after
 */
function byCode(before, after) {
  /** @param {string} text */
  const counts = (text) => {
    /** @type {Map<string, number>} */
    const out = new Map();
    for (const { code } of parse(text)) out.set(code, (out.get(code) ?? 0) + 1);
    return out;
  };
  const [was, is] = [counts(before), counts(after)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .toSorted()
    .filter((code) => was.get(code) !== is.get(code))
    .map((code) => `  ${code}: ${was.get(code) ?? 0} -> ${is.get(code) ?? 0}`);
}
