/**
 * The house rules that a compiler cannot see: rooms import upwards only, packages know only what they stand on, files stay short.
 * @typedef {{readonly file: string, readonly line: number, readonly level: 'error' | 'warning', readonly message: string, readonly help: string}} Problem
 */
import path from 'node:path';
import { importsOf } from './imports.mjs';

/** The rooms of core, top to bottom. A room imports from rooms before it in this list, and from nothing after it. */
export const ROOMS = ['text', 'syntax', 'scope', 'django', 'facts', 'project', 'flow', 'rule', 'session'];

/** Packages that may import few others. A package that is not named here may import every package but the CLI. */
export const STANDS_ON = new Map([
  ['core', /** @type {readonly string[]} */ ([])],
  ['rules', ['core']],
  ['fixer', ['core']],
]);

const WARN_LINES = 250;
const MAX_LINES = 300;

/**
 * @param {ReadonlyMap<string, string>} files path from the root -> text
 * @returns {Problem[]}
 */
export function checkRooms(files) {
  /** @type {Problem[]} */
  const problems = [];
  for (const [file, text] of files) {
    const place = placeOf(file);
    if (place === undefined) continue;
    problems.push(...checkLength(file, text));
    if (place.pkg === 'core' && !place.test) problems.push(...checkPlace(file, place.room));
    for (const { line, specifier } of importsOf(text)) {
      const found = checkImport(file, place, specifier);
      if (found !== undefined) problems.push({ file, line, level: 'error', ...found });
    }
  }
  return problems;
}

/**
 * @typedef {{readonly pkg: string, readonly room: string | undefined, readonly test: boolean}} Place
 * @param {string} file
 * @returns {Place | undefined}
 */
function placeOf(file) {
  const match = /^packages\/([^/]+)\/src\/(?:([^/]+)\/)?/.exec(file);
  return match?.[1] === undefined ? undefined : { pkg: match[1], room: match[2], test: isTest(file) };
}

/** @param {string} file */
const isTest = (file) => file.endsWith('.test.ts');

/**
 * @param {string} file
 * @param {Place} from
 * @param {string} specifier
 * @returns {{message: string, help: string} | undefined}
 */
function checkImport(file, from, specifier) {
  if (!specifier.startsWith('.')) return checkPackage(from, specifier);
  const target = path.posix.join(path.posix.dirname(file), specifier);
  const to = placeOf(target);
  if (to === undefined || to.pkg !== from.pkg) {
    return {
      message: `'${specifier}' leaves the package`,
      help: 'import another package by its name (@danglint/core), never by a path.',
    };
  }
  return from.pkg === 'core' && !from.test ? checkRoom(from.room, to.room) : undefined;
}

/**
 * @param {Place} from
 * @param {string} specifier
 */
function checkPackage(from, specifier) {
  const match = /^(?:@danglint\/([^/]+)|danglint)(\/.*)?$/.exec(specifier);
  if (match === null) return undefined;
  const to = match[1] ?? 'cli';
  if (match[2]?.startsWith('/src') || match[2]?.startsWith('/dist')) {
    return {
      message: `'${specifier}' reaches into another package's files`,
      help: `import '@danglint/${to}'; export there what is needed here.`,
    };
  }
  if (to === 'cli')
    return { message: 'imports the CLI', help: 'nothing imports the CLI: move the shared part into core.' };
  if (from.test || to === from.pkg) return undefined;
  const allowed = STANDS_ON.get(from.pkg);
  if (allowed === undefined || allowed.includes(to)) return undefined;
  return {
    message: `package '${from.pkg}' imports package '${to}'`,
    help:
      allowed.length === 0
        ? 'core stands on no other package.'
        : `'${from.pkg}' may import only: ${allowed.join(', ')}.`,
  };
}

/**
 * @param {string | undefined} from
 * @param {string | undefined} to
 */
function checkRoom(from, to) {
  if (from === undefined || from === to) return undefined;
  if (to === undefined) {
    return {
      message: `room '${from}' imports core's front door`,
      help: "import from the room that holds it ('../text/index.ts'): the index exports every room, the later ones too.",
    };
  }
  if (!ROOMS.includes(to) || ROOMS.indexOf(to) < ROOMS.indexOf(from)) return undefined;
  return {
    message: `room '${from}' imports room '${to}', which comes after it`,
    help: `order: ${ROOMS.join(' > ')}. Move the shared part into '${from}' or a room before it, or hand it in as an argument.`,
  };
}

/**
 * @param {string} file
 * @param {string | undefined} room
 * @returns {Problem[]}
 */
function checkPlace(file, room) {
  if (room === undefined ? file.endsWith('/index.ts') : ROOMS.includes(room)) return [];
  const message = room === undefined ? 'stands in no room' : `'${room}' is no room of core`;
  const help = `put it into one of: ${ROOMS.join(', ')} (or add the room to tasks/rooms/rules.mjs and the design).`;
  return [{ file, line: 1, level: 'error', message, help }];
}

/**
 * @param {string} file
 * @param {string} text
 * @returns {Problem[]}
 */
function checkLength(file, text) {
  if (isTest(file) || /(\.generated\.ts|\.d\.ts)$|\/(generated|fixtures)\//.test(file)) return [];
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  if (lines <= WARN_LINES) return [];
  const level = lines > MAX_LINES ? 'error' : 'warning';
  const message = `${lines} lines (at most ${WARN_LINES})`;
  return [{ file, line: WARN_LINES + 1, level, message, help: 'one concept a file: move one of them out.' }];
}
