import type { Socket } from 'node:net';
import { build } from '../build.ts';
import type { Outcome } from '../exit.ts';
import { OWN, type OutStream } from '../output/caller.ts';
import { printBytes, printErrorBytes } from '../output/streams.ts';
import { cacheWithDaemon, connectTo, type DaemonState, daemonIn } from './place.ts';
import { isSuspended } from './suspended.ts';
import { type Control, received, type Reply, replyOf, type Request, send, type StreamState } from './wire.ts';

/** Commands that never stand on a program's analysis, and those that go on until somebody stops them. */
const OTHERS: ReadonlySet<string> = new Set([
  'clean',
  'completion',
  'config',
  'daemon',
  'help',
  'production',
  'rule',
  'server',
  'version',
]);

/**
 * Lets the daemon that keeps the program run a command line, and prints what that gave. Null: no daemon runs, it is another build's, or it
 * leaves this command line to others; nothing was done then.
 */
export async function askDaemon(argv: readonly string[]): Promise<Outcome | null> {
  const { env } = process;
  const asFresh = ['DANGLINT_NO_DAEMON', 'DANGLINT_NO_CACHE'].some((name) => (env[name] ?? '') !== '');
  if (OTHERS.has(argv[0] ?? '') || asFresh || argv.includes('--no-cache')) return null;
  const cwd = process.cwd();
  const cache = cacheWithDaemon(argv, cwd, env);
  const state = cache === null ? null : daemonIn(cache);
  if (cache === null || state === null || state.build !== build()) return null;
  const request: Request = {
    token: state.token,
    argv,
    cwd,
    env: set(env),
    umask: process.umask(),
    stdin: null,
    stdout: stateOf(OWN.stdout),
    stderr: stateOf(OWN.stderr),
  };
  let reply = await asked(cache, state, request);
  if (reply.kind === 'input') {
    const stdin = Buffer.from(await OWN.stdin()).toString('base64');
    reply = await asked(cache, state, { ...request, stdin });
  }
  if (reply.kind !== 'done') return null;
  for (const [to, data] of reply.chunks) {
    const bytes = Buffer.from(data, 'base64');
    if (to === 'stdout') await printBytes(bytes);
    else printErrorBytes(bytes);
  }
  return reply.outcome;
}

/** Asks about a daemon itself; gives what it says, null where there is none any more. */
export async function callDaemon(
  cache: string,
  state: DaemonState,
  control: Control['control'],
): Promise<string | null> {
  const reply = await asked(cache, state, { token: state.token, control });
  if (reply.kind !== 'done') return null;
  return reply.chunks.map(([, data]) => Buffer.from(data, 'base64').toString('utf8')).join('');
}

/** Milliseconds between two looks at whether a daemon that has not answered yet goes on. */
const LOOK = 1000;

/** What the daemon answers; one that is gone, or is suspended, refuses. */
async function asked(cache: string, state: DaemonState, request: Request | Control): Promise<Reply> {
  const socket: Socket = connectTo(cache, state);
  const timer = setInterval(() => {
    if (isSuspended(state.pid)) socket.destroy();
  }, LOOK);
  try {
    socket.on('connect', () => send(socket, request));
    return replyOf(await received(socket));
  } finally {
    clearInterval(timer);
    socket.destroy();
  }
}

/** The variables that have a value. */
function set(env: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}

function stateOf({ isTTY, columns }: OutStream): StreamState {
  return isTTY ? { isTTY, columns } : { isTTY: false, columns: 0 };
}
