/** Reading the case files: what stands above the line goes to the linter, what stands below says how to run it. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * `safe`: `--fix` changes it. `unsafe`: only `--fix --unsafe-fixes` does. `either`: whichever of the two, behaviour decides.
 * `optional`: like `either`, but leaving it alone is an answer as well. `none`: neither may touch it.
 * @typedef {'safe' | 'unsafe' | 'either' | 'optional' | 'none'} FixKind
 *
 * @typedef {object} Case
 * @property {string} name
 * @property {string} file
 * @property {string} source the code under test, all that the linter sees
 * @property {string} scenarios the rest of the file
 * @property {string} code the rule to select
 * @property {FixKind} fix
 * @property {string} path where the linter finds the source
 * @property {string | undefined} contains what the fixed source must still or newly contain
 * @property {readonly string[]} args more arguments for the linter
 * @property {boolean} fewerQueries a fix may save queries
 * @property {string | undefined} wrong self-test: the difference that the oracle must see in the reference fix
 */

export const MARKER = '# --- scenarios ---';
const FIX_KINDS = ['safe', 'unsafe', 'either', 'optional', 'none'];

/**
 * @param {string} text the lower part of a case file
 * @param {string} name of a constant, written as one plain string on one line
 * @returns {string | undefined}
 */
function constant(text, name) {
  return new RegExp(`^${name} = "([^"\\n]*)"$`, 'm').exec(text)?.[1];
}

/**
 * @param {string} file
 * @returns {Case}
 */
function readCase(file) {
  const name = path.basename(file, '.py');
  const text = readFileSync(file, 'utf8');
  const cut = text.indexOf(`\n${MARKER}\n`);
  if (cut < 0) throw new Error(`${name}: no line "${MARKER}" between the code and its scenarios`);
  const source = `${text.slice(0, cut).trimEnd()}\n`;
  const scenarios = text.slice(cut + 1);
  const code = constant(scenarios, 'CODE');
  const fix = constant(scenarios, 'FIX');
  if (code === undefined) throw new Error(`${name}: no line CODE = "DNE..."`);
  if (fix === undefined || !FIX_KINDS.includes(fix))
    throw new Error(`${name}: FIX must be one of ${FIX_KINDS.join(', ')}`);
  return {
    name,
    file,
    source,
    scenarios,
    code,
    fix: /** @type {FixKind} */ (fix),
    path: constant(scenarios, 'PATH') ?? `shop/${name}.py`,
    contains: constant(scenarios, 'CONTAINS'),
    args: constant(scenarios, 'ARGS')?.split(' ') ?? [],
    fewerQueries: constant(scenarios, 'QUERIES') === 'fewer',
    wrong: constant(scenarios, 'WRONG'),
  };
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesIn(folder) {
  const names = readdirSync(folder).filter((name) => name.endsWith('.py'));
  return names.sort().map((name) => path.join(folder, name));
}

/**
 * @param {string} folder
 * @returns {Case[]}
 */
export function readCases(folder) {
  return filesIn(folder).map(readCase);
}

/**
 * Fixes that are wrong on purpose: each names the case that it mends badly (BASE) and the difference that must be seen
 * (WRONG, `scenario what`).
 * @param {string} folder
 * @param {readonly Case[]} cases
 * @returns {Case[]}
 */
export function readWrongFixes(folder, cases) {
  return filesIn(folder).map((file) => {
    const name = path.basename(file, '.py');
    const text = readFileSync(file, 'utf8');
    const wrong = constant(text, 'WRONG');
    const base = cases.find((one) => one.name === constant(text, 'BASE'));
    if (!base || wrong === undefined) throw new Error(`${name}: BASE must name a case, WRONG a difference`);
    return Object.assign({}, base, { name, file, fix: 'either', contains: undefined, wrong });
  });
}
