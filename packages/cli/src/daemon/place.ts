import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createConnection, type Server, type Socket } from 'node:net';
import { basename, dirname, join, resolve } from 'node:path';
import { ioMessage } from '@danglint/core/text';
import { UserError } from '../errors.ts';

/** A daemon that runs, as it tells its clients. */
export interface DaemonState {
  readonly pid: number;
  /** Its build: another one's clients do their work themselves. */
  readonly build: string;
  readonly token: string;
  /** File of its own in the cache folder, where it listens. */
  readonly socket: string;
  /** Folder of the program that it keeps. */
  readonly root: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

const STATE = 'daemon.json';

/** The cache folder of a project where nothing else is said. */
const CACHE = '.danglint_cache';

/** A secret of a daemon's own. */
export const newToken = (): string => randomBytes(16).toString('hex');

/** A name for a daemon's socket that no other daemon has: who goes away takes the file of its socket along. */
export const newSocket = (): string => `daemon-${randomBytes(4).toString('hex')}.sock`;

/**
 * What the daemon of a cache folder says of itself; null when there is none, or another user's: a client tells its environment. It may be
 * dead all the same.
 */
export function daemonIn(cache: string): DaemonState | null {
  try {
    const owner = process.getuid?.() ?? null;
    if (owner !== null && statSync(join(cache, STATE)).uid !== owner) return null;
    const state: unknown = JSON.parse(readFileSync(join(cache, STATE), 'utf8'));
    return isState(state) ? state : null;
  } catch {
    return null;
  }
}

/** Tells clients of a daemon, in place of an earlier one; only this user can read it. Throws a `UserError`. */
export function announce(cache: string, state: DaemonState): void {
  const before = daemonIn(cache);
  const beside = join(cache, `${STATE}.${state.pid}.tmp`);
  try {
    writeFileSync(beside, JSON.stringify(state), { mode: 0o600 });
    renameSync(beside, join(cache, STATE));
  } catch (error) {
    rmSync(beside, { force: true });
    throw unwritable(cache, error);
  }
  if (before !== null) rmSync(join(cache, before.socket), { force: true });
}

/** Takes back what was told of a daemon, unless another one has taken its place. */
export function withdraw(cache: string, token: string): void {
  const state = daemonIn(cache);
  if (state?.token !== token) return;
  for (const name of [STATE, state.socket]) rmSync(join(cache, name), { force: true });
}

/**
 * The cache folder, with a daemon, of the project that a command line is about; null when there is none. Nothing is parsed for it: every
 * word may be a path. A cache folder that only a configuration file names is not found.
 */
export function cacheWithDaemon(
  argv: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): string | null {
  const name = namedCache(argv) ?? env['DANGLINT_CACHE_DIR'] ?? '';
  const words = argv.map((arg) => (arg.startsWith('-') ? valueOf(arg) : arg));
  const starts = [...words.filter((word) => word !== '').map((word) => resolve(cwd, word)), cwd];
  for (const start of new Set(starts)) {
    const found = cacheAbove(start, name === '' ? CACHE : name);
    if (found !== null) return found;
  }
  return null;
}

const valueOf = (flag: string): string => (flag.includes('=') ? flag.slice(flag.indexOf('=') + 1) : '');

function namedCache(argv: readonly string[]): string | null {
  const at = argv.indexOf('--cache-dir');
  if (at >= 0) return argv[at + 1] ?? null;
  const joined = argv.find((arg) => arg.startsWith('--cache-dir='));
  return joined === undefined ? null : valueOf(joined);
}

/** The nearest cache folder with a daemon, in a folder or above it. */
function cacheAbove(start: string, name: string): string | null {
  for (let at = start; ; at = dirname(at)) {
    const cache = resolve(at, name);
    if (existsSync(join(cache, STATE))) return cache;
    if (dirname(at) === at) return null;
  }
}

/** Most bytes of a socket's path that every system takes (`sun_path`: 104 on macOS). */
const LONGEST = 100;

/** Connects to the daemon of a cache folder. */
export function connectTo(cache: string, { socket }: DaemonState): Socket {
  return at(cache, socket, (path) => createConnection(path));
}

/** Lets the server of a daemon listen in a cache folder. Only this user can connect. Throws a `UserError` where that is not possible. */
export async function listenIn(cache: string, { socket }: DaemonState, server: Server): Promise<void> {
  try {
    await new Promise<void>((done, failed) => {
      server.once('error', failed);
      at(cache, socket, (path) => server.listen(path, done));
    });
    if (process.platform !== 'win32') chmodSync(join(cache, socket), 0o600);
  } catch (error) {
    throw unwritable(cache, error);
  }
}

/** Why no daemon can be found through a cache folder. */
export function unwritable(cache: string, error: unknown = null): UserError {
  const why = error === null ? '' : `: ${ioMessage(error)}`;
  return new UserError(
    'output',
    `a daemon is found through the cache folder, which cannot be written${why}`,
    { where: cache, help: '`--cache-dir` names another one' },
  );
}

/** Does something with the address of a cache folder's socket. Where its path is too long for one, it is named from its folder. */
function at<T>(cache: string, socket: string, work: (address: string) => T): T {
  const path = join(cache, socket);
  if (process.platform === 'win32')
    return work(`\\\\.\\pipe\\danglint-${createHash('sha1').update(path).digest('hex')}`);
  if (Buffer.byteLength(path) <= LONGEST) return work(path);
  const before = process.cwd();
  process.chdir(cache);
  try {
    return work(socket);
  } finally {
    process.chdir(before);
  }
}

function isState(value: unknown): value is DaemonState {
  if (typeof value !== 'object' || value === null) return false;
  const fields: Readonly<Record<string, unknown>> = { ...value };
  const { socket } = fields;
  if (typeof socket !== 'string' || basename(socket) !== socket) return false;
  const texts = ['build', 'token', 'root'].every((key) => typeof fields[key] === 'string');
  return texts && ['pid', 'since'].every((key) => typeof fields[key] === 'number');
}
