/** The generated cases: every host with every position and every shape, lookups and surroundings dealt out so that each meets every other. */
import { HOSTS } from './hosts.mjs';
import { SHAPES } from './shapes.mjs';
import { ASYNC_SURROUNDINGS, LOOKUPS, POSITIONS, SURROUNDINGS } from './parts.mjs';

/** @typedef {import('./shapes.mjs').Shape} Shape */

/**
 * @typedef {object} Generated
 * @property {string} name of its module
 * @property {string} title what it was made from
 * @property {string} source
 * @property {boolean} many two rows may fit the lookup
 * @property {boolean} loop the body runs for several keys
 * @property {string} error what a missing row ends in; empty where something answers it
 * @property {readonly string[]} silences log lines that a missing row has no more
 * @property {boolean} later a log line may come later than it did
 * @property {boolean} goesOn the fixed code goes on behind it when the row is missing
 * @property {boolean} deletes it deletes the row
 */

const ASYNC_LOOKUPS = Object.entries(LOOKUPS).flatMap(([name, { async }]) => (async ? [name] : []));

/** @returns {Generated[]} always the same ones */
export function generate() {
  /** @type {Generated[]} */
  const cases = [];
  const lookups = [Object.keys(LOOKUPS), ASYNC_LOOKUPS];
  const surroundings = [Object.keys(SURROUNDINGS), ASYNC_SURROUNDINGS];
  for (const [i, host] of Object.keys(HOSTS).entries()) {
    const which = HOSTS[host]?.async ? 1 : 0;
    for (const [j, position] of Object.keys(POSITIONS).entries()) {
      if (which === 1 && position === 'lambda') continue; // no `await` in there
      const n = cases.length;
      const lookup = pick(lookups[which] ?? [], j + i * 5);
      const around = pick(surroundings[which] ?? [], n + Math.floor(j / 8));
      cases.push(made(n, { host, position, lookup, around }));
    }
  }
  for (const host of Object.keys(HOSTS)) {
    for (const [j, name] of Object.keys(SHAPES).entries()) {
      const shape = fitting(name, HOSTS[host]?.async === true);
      if (shape === null) continue;
      const n = cases.length;
      const around = pick(surroundings[HOSTS[host]?.async ? 1 : 0] ?? [], n + Math.floor(j / 8));
      cases.push({ ...written(n, host, around, shape), title: [host, name, around].join(' / ') });
    }
  }
  return cases;
}

/**
 * @param {string} name
 * @param {boolean} async
 * @returns {Shape | null} null where it has no such form
 */
function fitting(name, async) {
  const shape = SHAPES[name];
  if (!async) return shape;
  return shape.awaited === undefined ? null : { ...shape, lines: shape.awaited };
}

/**
 * @param {readonly string[]} names
 * @param {number} at
 */
function pick(names, at) {
  return names[at % names.length] ?? '';
}

/**
 * @param {number} n
 * @param {{readonly host: string, readonly position: string, readonly lookup: string, readonly around: string}} parts
 * @returns {Generated}
 */
function made(n, { host, position, lookup, around }) {
  const { async = false } = HOSTS[host];
  const { get, before, many } = LOOKUPS[lookup];
  const asked = async ? `(await ${get.replace(/\.get\((?=[^.]*$)/, '.aget(')})` : get;
  const statement = (POSITIONS[position] ?? []).map((line) => line.replace('GET', plain(line, asked)));
  const shape = { lines: [...before, ...statement], error: 'DoesNotExist' };
  return { ...written(n, host, around, shape), title: [host, position, lookup, around].join(' / '), many };
}

/**
 * @param {number} n
 * @param {string} host
 * @param {string} around
 * @param {Shape} shape
 * @returns {Generated}
 */
function written(n, host, around, shape) {
  const { lines: statements, module = [], error, silences = [], later = false } = shape;
  const { goesOn = false, deletes = false } = shape;
  const { imports, lines, loop = false } = HOSTS[host];
  const body = SURROUNDINGS[around]?.(statements) ?? [];
  const models = body.some((line) => line.includes('models.Model')) ? ['from django.db import models'] : [];
  const own = module.filter((line) => line.startsWith('from '));
  const source = [
    'import logging',
    '',
    ...[...new Set([...imports, ...models, ...own, 'from django.db import transaction'])].sort(),
    '',
    'from .models import Box, Link, Note, Owner, Row, noted, seen',
    '',
    'logger = logging.getLogger(__name__)',
    '',
    '',
    ...module.slice(own.length === 0 ? 0 : own.length + 2),
    ...lines(body, n),
    '',
  ].join('\n');
  const name = `case_${String(n).padStart(3, '0')}`;
  return { name, title: '', source, many: false, loop, error, silences, later, goesOn, deletes };
}

/**
 * An `await` needs its parentheses only where something follows it.
 * @param {string} line
 * @param {string} asked
 */
function plain(line, asked) {
  return /^(?:[\w.: [\]]+ = )?GET$/.test(line) ? asked.replace(/^\((.*)\)$/, '$1') : asked;
}
