/** What the runs of a generated case may differ in. */

/**
 * @typedef {import('./cases.mjs').Generated} Generated
 * @typedef {{readonly outcome: string, readonly message: string, readonly logs: readonly string[], readonly rows: unknown}} Run
 * @typedef {Readonly<Record<string, Run>> & {readonly error?: string}} Runs by scenario
 * @typedef {{readonly django: string, readonly cases: Readonly<Record<string, Readonly<Record<string, Runs>>>>}} DjangoRun
 */

/** Doubts that say how the missing row will be seen: what must then differ. Callers that are not known to accept None get guards in later passes, which have doubts of their own. */
const TRANSACTION = /in the same transaction|in a transaction|not known to accept None/;
const CALLER = /a caller answers the exception/;
const HANDLER = /an `except` around it sees the exception|not known to accept None/;
/** Doubts about rows that are there: nothing else may change what happens to them. */
const SEVERAL = /not known to be unique|may join several rows/;

/**
 * @param {readonly Generated[]} cases
 * @param {readonly DjangoRun[]} runs
 * @param {ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>} doubts by variant and case
 * @returns {{readonly failures: readonly string[], readonly summary: readonly string[]}}
 */
export function judge(cases, runs, doubts) {
  /** @type {string[]} */
  const failures = [];
  const counts = { safe: 0, unsafe: 0, left: 0, unreached: 0 };
  /** @type {Map<string, number>} */
  const changed = new Map();
  /** @type {Map<string, number>} */
  const reasons = new Map();
  for (const one of cases) {
    const why = doubts.get('all')?.get(one.name) ?? [];
    for (const [i, { django, cases: results }] of runs.entries()) {
      const variants = results[one.name] ?? {};
      const problems = problemsOf(one, variants, (variant) => doubts.get(variant)?.get(one.name) ?? []);
      failures.push(...problems.map((problem) => `${one.name} (${one.title}), Django ${django}: ${problem}`));
      if (i > 0) continue;
      const original = variants['original'];
      if (original && !isMissing(one, 'missing', original)) counts.unreached++;
      for (const variant of Object.keys(variants)) changed.set(variant, (changed.get(variant) ?? 0) + 1);
      if (variants['safe']) counts.safe++;
      else if (variants['all']) counts.unsafe++;
      else counts.left++;
    }
    for (const text of why.flatMap((line) => line.split('; '))) {
      const kind = text.replace(/`[^`]*`/g, '`…`');
      reasons.set(kind, (reasons.get(kind) ?? 0) + 1);
    }
  }
  const summary = [
    `fixed by --fix: ${counts.safe}, only by --unsafe-fixes: ${counts.unsafe}, left alone: ${counts.left} (the lookup is not reached in ${counts.unreached})`,
    `changed by variant: ${[...changed].map(([variant, count]) => `${variant} ${count}`).join(', ')}`,
    ...[...reasons]
      .sort((a, b) => b[1] - a[1])
      .map(([kind, count]) => `  ${String(count).padStart(4)}  ${kind}`),
  ];
  return { failures, summary };
}

/**
 * True where a missing row shows: by the error of its shape, or by what a handler does about it.
 * @param {Generated} one
 * @param {string} scenario
 * @param {Runs} runs
 */
function isMissing({ error, silences, deletes }, scenario, runs) {
  const run = runs[scenario];
  const [outcome, logs] = run ? [run.outcome, run.logs] : ['', []];
  const answered = ["INFO seen 'caller'", ...silences];
  return (
    (scenario === 'missing' || deletes) &&
    ((error !== '' && outcome.endsWith(error)) || logs.some((line) => answered.includes(line)))
  );
}

/**
 * @param {Generated} one
 * @param {Readonly<Record<string, Runs>>} variants
 * @param {(variant: string) => readonly string[]} whyOf
 * @returns {string[]}
 */
function problemsOf(one, variants, whyOf) {
  const original = variants['original'];
  if (!original || original.error !== undefined) return [`it does not run: ${original?.error}`];
  return Object.entries(variants).flatMap(([variant, fixed]) => {
    if (variant === 'original') return [];
    if (fixed.error !== undefined) return [`${variant}: it does not run any more: ${fixed.error}`];
    const doubts = whyOf(variant);
    return Object.keys(original).flatMap((scenario) =>
      compare(one, scenario, original, fixed, doubts).map((problem) => `${variant}, ${scenario}: ${problem}`),
    );
  });
}

/**
 * @param {Generated} one
 * @param {string} scenario
 * @param {Runs} original
 * @param {Runs} fixed
 * @param {readonly string[]} doubts
 * @returns {string[]}
 */
function compare(one, scenario, original, fixed, doubts) {
  const before = original[scenario];
  const after = fixed[scenario];
  if (!isMissing(one, scenario, original)) {
    if (same(before, after) || (one.later && same(sorted(before), sorted(after)))) return [];
    const first = scenario === 'doubled' && doubts.some((why) => SEVERAL.test(why));
    return first && takesFirst(before, after, fixed['there'])
      ? []
      : [`${show(before)} became ${show(after)}`];
  }
  /** @type {string[]} */
  const problems = [];
  const moved = doubts.some((why) => TRANSACTION.test(why));
  const deaf = doubts.some((why) => CALLER.test(why));
  if (after.outcome.endsWith(one.error || 'DoesNotExist'))
    problems.push(`still ${after.outcome}: ${after.message}`);
  if (!one.loop && !(one.deletes && moved) && !rowsFit(one, before, after, moved))
    problems.push(`rows ${json(before.rows)} became ${json(after.rows)}`);
  const shown = after.logs.filter((line) => !line.endsWith('.not_found'));
  const silent = [
    ...one.silences,
    ...(deaf ? ["INFO seen 'caller'"] : []),
    ...(doubts.some((why) => HANDLER.test(why)) ? ["INFO seen 'undone'"] : []),
  ];
  const expected = before.logs.filter((line) => !silent.includes(line));
  if (!(one.goesOn ? inOrder(expected, shown) : expected.every((line, i) => shown[i] === line)))
    problems.push(`logs ${json(before.logs)} became ${json(after.logs)}`);
  return problems;
}

/**
 * Two rows fit: where the lookup said so, the first of them is taken, and all goes on as if it were the only one.
 * @param {Run} before
 * @param {Run} after
 * @param {Run} alone
 */
function takesFirst(before, after, alone) {
  return (
    before.outcome.endsWith('MultipleObjectsReturned') &&
    after.outcome === alone.outcome &&
    json(after.logs) === json(alone.logs)
  );
}

/**
 * No row is lost that was left before; those that the transaction rolled back may stay now.
 * @param {unknown} before
 * @param {unknown} after
 */
function keeps(before, after) {
  const [old, now] = [before, after].map((rows) => (Array.isArray(rows) ? rows.flat() : []).map(json));
  return (old ?? []).every((row) => now?.includes(row));
}

/**
 * @param {unknown} a
 * @param {unknown} b
 */
function same(a, b) {
  return json(a) === json(b);
}

/** @param {unknown} value */
function json(value) {
  return JSON.stringify(value);
}

/**
 * Rows that a missing row leaves behind: as before, with what comes after it where the code goes on, and with what a transaction
 * would have rolled back where that is doubted.
 * @param {Generated} one
 * @param {Run} before
 * @param {Run} after
 * @param {boolean} moved
 */
function rowsFit({ goesOn }, before, after, moved) {
  if (moved) return keeps(before.rows, after.rows);
  return same(before.rows, after.rows) || (goesOn && same(before.rows, without(after.rows, 'after')));
}

/**
 * @param {unknown} rows
 * @param {string} text
 */
function without(rows, text) {
  const tables = Array.isArray(rows) ? rows : [];
  return tables.map((/** @type {readonly unknown[]} */ table) => table.filter((row) => !same(row, [text])));
}

/**
 * @param {readonly string[]} wanted
 * @param {readonly string[]} lines
 */
function inOrder(wanted, lines) {
  let at = 0;
  for (const line of lines) if (line === wanted[at]) at++;
  return at === wanted.length;
}

/**
 * @param {Run} run
 * @returns {Run}
 */
function sorted(run) {
  return { ...run, logs: [...run.logs].sort() };
}

/** @param {Run} run */
function show({ outcome, logs, rows }) {
  return json([outcome, logs, rows]);
}
