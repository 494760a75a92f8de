/** The generated cases: every host with every position, lookups and surroundings dealt out so that each meets every other. */
import { HOSTS } from './hosts.mjs';
import { ASYNC_SURROUNDINGS, LOOKUPS, POSITIONS, SURROUNDINGS } from './parts.mjs';

/**
 * @typedef {object} Generated
 * @property {string} name of its module
 * @property {string} title what it was made from
 * @property {string} source
 * @property {boolean} many two rows may fit the lookup
 * @property {boolean} loop the body runs for several keys
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
  return cases;
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
  const { imports, lines, async = false, loop = false } = HOSTS[host];
  const { get, before, many } = LOOKUPS[lookup];
  const asked = async ? `(await ${get.replace(/\.get\((?=[^.]*$)/, '.aget(')})` : get;
  const statement = (POSITIONS[position] ?? []).map((line) => line.replace('GET', plain(line, asked)));
  const body = SURROUNDINGS[around]?.([...before, ...statement]) ?? [];
  const source = [
    'import logging',
    '',
    ...[...imports, 'from django.db import transaction'].sort(),
    '',
    'from .models import Box, Note, Owner, Row, noted, seen',
    '',
    'logger = logging.getLogger(__name__)',
    '',
    '',
    ...lines(body, n),
    '',
  ].join('\n');
  const title = [host, position, lookup, around].join(' / ');
  return { name: `case_${String(n).padStart(3, '0')}`, title, source, many, loop };
}

/**
 * An `await` needs its parentheses only where something follows it.
 * @param {string} line
 * @param {string} asked
 */
function plain(line, asked) {
  return /^(?:[\w.: [\]]+ = )?GET$/.test(line) ? asked.replace(/^\((.*)\)$/, '$1') : asked;
}
