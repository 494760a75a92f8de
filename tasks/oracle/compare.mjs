/** What may differ between the original and the fixed run of a case, and what does. */

/**
 * @typedef {object} Run what one scenario did
 * @property {string} outcome `return 3`, `raise Order.DoesNotExist`, `response 404`
 * @property {string} message of the exception
 * @property {readonly string[]} logs
 * @property {Readonly<Record<string, readonly string[]>>} rows left behind, by model
 * @property {number} queries
 *
 * What a case declares for a scenario whose behaviour the fix changes. Everything not named must stay as it was.
 * @typedef {object} Change
 * @property {string} [was] the original's outcome; `raise ....DoesNotExist` if not given
 * @property {string} [outcome]
 * @property {readonly string[] | 'any'} [logs] a line that ends with ` *` leaves the ids of its record open
 * @property {Readonly<Record<string, number | readonly string[]>>} [rows] how many, or which, by model
 * @property {number} [queries]
 *
 * @typedef {Readonly<Record<string, Run>> & {readonly error?: string}} Runs
 *
 * @typedef {object} CaseRecord
 * @property {string} [error]
 * @property {Readonly<Record<string, Change>>} expect
 * @property {readonly string[]} scenarios
 * @property {{readonly original: Runs, readonly fixed: Runs}} variants
 *
 * @typedef {object} Difference
 * @property {string} scenario
 * @property {string} what
 * @property {string} original
 * @property {string} fixed
 * @property {string} wanted
 */

const SAME = 'the same';

/** @param {unknown} value */
const show = (value) => (typeof value === 'string' ? value : JSON.stringify(value));

/**
 * The rows of the models that a change names, in the form in which it names them.
 * @param {Run['rows']} rows
 * @param {NonNullable<Change['rows']>} declared
 */
function rowsLike(rows, declared) {
  const entries = Object.entries(declared).map(([model, wanted]) => {
    const left = rows[model] ?? [];
    return [model, typeof wanted === 'number' ? left.length : left];
  });
  return Object.fromEntries(entries);
}

/**
 * Declared lines with an open end take the end that was logged.
 * @param {readonly string[] | undefined} declared
 * @param {readonly string[]} logged
 */
function closeOpenLines(declared, logged) {
  return declared?.map((line, index) => {
    const actual = logged[index] ?? '';
    return line.endsWith(' *') && actual.startsWith(line.slice(0, -1)) ? actual : line;
  });
}

/**
 * @param {string} scenario
 * @param {Run} original
 * @param {Run} fixed
 * @param {Change} change
 * @param {boolean} fewerQueries
 * @returns {Difference[]}
 */
function compareRuns(scenario, original, fixed, change, fewerQueries) {
  /** @type {Difference[]} */
  const found = [];
  /**
   * @param {string} what
   * @param {unknown} before
   * @param {unknown} after
   * @param {unknown} declared undefined: must be the same
   */
  const check = (what, before, after, declared) => {
    const wanted = declared === undefined ? before : declared;
    if (show(after) === show(wanted) && (declared === undefined || show(after) !== show(before))) return;
    const hint = declared === undefined ? SAME : `${show(declared)}, and not as before`;
    found.push({ scenario, what, original: show(before), fixed: show(after), wanted: hint });
  };
  check('outcome', original.outcome, fixed.outcome, change.outcome);
  if (change.outcome === undefined) check('message', original.message, fixed.message, undefined);
  if (change.logs !== 'any')
    check('logs', original.logs, fixed.logs, closeOpenLines(change.logs, fixed.logs));
  if (change.rows === undefined) check('rows', original.rows, fixed.rows, undefined);
  else check('rows', rowsLike(original.rows, change.rows), rowsLike(fixed.rows, change.rows), change.rows);
  if (!(fewerQueries && fixed.queries < original.queries))
    check('queries', original.queries, fixed.queries, change.queries);
  return found;
}

/**
 * @param {string} scenario
 * @param {string} actual
 * @param {string | undefined} declared
 * @returns {Difference[]}
 */
function checkBefore(scenario, actual, declared) {
  const good = declared === undefined ? /^raise .*DoesNotExist$/.test(actual) : actual === declared;
  if (good) return [];
  const wanted = declared ?? 'raise ....DoesNotExist';
  return [{ scenario, what: 'the original', original: actual, fixed: '', wanted }];
}

/**
 * @param {CaseRecord} record
 * @param {boolean} fewerQueries
 * @returns {{readonly error: string | undefined, readonly differences: readonly Difference[]}}
 */
export function judge(record, fewerQueries) {
  if (record.error !== undefined) return { error: record.error, differences: [] };
  const { original, fixed } = record.variants;
  const error =
    fixed.error === undefined ? undefined : `the fixed source cannot be imported:\n${fixed.error}`;
  if (error !== undefined) return { error, differences: [] };
  const unknown = Object.keys(record.expect).find((name) => !record.scenarios.includes(name));
  if (unknown !== undefined) return { error: `EXPECT names no scenario: "${unknown}"`, differences: [] };
  const differences = record.scenarios.flatMap((scenario) => {
    const before = original[scenario];
    const after = fixed[scenario];
    if (!before || !after) return [];
    const change = record.expect[scenario];
    const was = change === undefined ? [] : checkBefore(scenario, before.outcome, change.was);
    return [...was, ...compareRuns(scenario, before, after, change ?? {}, fewerQueries)];
  });
  return { error: undefined, differences };
}

/**
 * @param {readonly Difference[]} differences
 * @returns {string} a table, one line a difference
 */
export function table(differences) {
  const head = { scenario: 'scenario', what: 'what', original: 'original', fixed: 'fixed', wanted: 'wanted' };
  const rows = [head, ...differences].map((row) =>
    [row.scenario, row.what, row.original, row.fixed, row.wanted].map((cell) =>
      cell.length > 70 ? `${cell.slice(0, 69)}…` : cell.replaceAll('\n', '\\n'),
    ),
  );
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) => `    ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
    .join('\n');
}
