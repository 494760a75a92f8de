import { existsSync } from 'node:fs';
import { slashes } from '@danglint/core';
import type { CommandInput, Run } from '../args/commands.ts';
import { CACHE_FLAGS } from '../args/flags.ts';
import { build } from '../build.ts';
import { CacheFolder } from '../cache/folder.ts';
import { callDaemon } from '../daemon/client.ts';
import {
  announce,
  cacheWithDaemon,
  type DaemonState,
  daemonIn,
  newSocket,
  newToken,
  unwritable,
  withdraw,
} from '../daemon/place.ts';
import { serve } from '../daemon/serve.ts';
import { startDetached } from '../daemon/start.ts';
import { isSuspended } from '../daemon/suspended.ts';
import { UserError } from '../errors.ts';
import type { Outcome } from '../exit.ts';
import { absolutePath, shownPath } from '../format/view.ts';
import { print, printError } from '../output/streams.ts';
import { openProject, type Project } from '../project/project.ts';
import { didYouMean } from '../suggest.ts';

/** Minutes without a question after which a daemon goes away by itself. */
const IDLE = 120;

/** Keeps the program of a project loaded, so that other runs need not read it. */
export const run: Run = async (input) => {
  const [action = '', ...paths] = input.operands;
  onePlace(action, paths);
  if (action === 'status' || action === 'stop') {
    const cache = await cacheOf({ ...input, operands: paths });
    return action === 'stop' ? stop(cache) : status(cache);
  }
  const does = ACTIONS.get(action);
  if (does === undefined) {
    throw new UserError('usage', `\`danglint daemon\` cannot "${action}"`, {
      help:
        didYouMean(action, [...ACTIONS.keys(), 'status', 'stop']) ??
        'write `danglint daemon start`, `status` or `stop`',
    });
  }
  const project = await openProject({ ...input, operands: paths }, CACHE_FLAGS);
  return does({ input, project, cache: absolutePath(project.root, project.settings.cacheDir) });
};

/** Throws a `UserError` unless the operands name one place that is there: the folder above would be loaded in its stead. */
function onePlace(action: string, paths: readonly string[]): void {
  const [path = '.', ...more] = paths;
  if (more.length > 0) {
    throw new UserError('usage', 'a daemon keeps one project', {
      help: `write \`danglint daemon ${action}\` for each of them`,
    });
  }
  if (action !== 'status' && action !== 'stop' && !existsSync(path))
    throw new UserError('usage', 'no such file or folder', { where: path });
}

/** The cache folder of a project, absolute; a daemon is found also where the configuration is broken. */
async function cacheOf(input: CommandInput): Promise<string> {
  const found = cacheWithDaemon(input.operands, input.cwd, input.env);
  if (found !== null && input.args.text('cache-dir') === null) return found;
  const { root, settings } = await openProject(input, CACHE_FLAGS);
  return absolutePath(root, settings.cacheDir);
}

interface Asked {
  readonly input: CommandInput;
  readonly project: Project;
  /** Absolute. */
  readonly cache: string;
}

const ACTIONS: ReadonlyMap<string, (asked: Asked) => Promise<Outcome>> = new Map([
  ['start', start],
  ['run', stay],
]);

async function start(asked: Asked): Promise<Outcome> {
  const { project, cache, input } = asked;
  minutes(input);
  makeCache(cache);
  const before = daemonIn(cache);
  if (before !== null && before.build === build() && (await callDaemon(cache, before, 'status')) !== null) {
    printError(`A daemon keeps ${shown(project.root)} already (process ${before.pid}).\n`);
    return 'clean';
  }
  if (before !== null) await callDaemon(cache, before, 'stop');
  const started = await startDetached(runInstead(process.argv.slice(2)));
  if ('said' in started) {
    printError(started.said);
    return 'output';
  }
  printError(
    `A daemon keeps ${shown(project.root)} from now on (process ${started.pid}); \`danglint daemon stop\` ends it.\n`,
  );
  tellHidden(asked);
  return 'clean';
}

/** The command line of a daemon, for the one that starts it. */
function runInstead(argv: readonly string[]): readonly string[] {
  const at = argv.indexOf('start', argv.indexOf('daemon'));
  return argv.with(at, 'run');
}

/** Throws a `UserError` where clients could not find a daemon. */
function makeCache(cache: string): void {
  if (!new CacheFolder(cache).ensure()) throw unwritable(cache);
}

/** Tells where runs would not find a daemon: they look for it before they read a configuration. */
function tellHidden({ input, project: { root, settings }, cache }: Asked): void {
  if (cacheWithDaemon([], root, input.env) === cache) return;
  printError(`danglint: warning: runs find it only with DANGLINT_CACHE_DIR=${settings.cacheDir}\n`);
}

async function stop(cache: string): Promise<Outcome> {
  const state = daemonIn(cache);
  const answered = state === null ? null : await callDaemon(cache, state, 'stop');
  if (state !== null) withdraw(cache, state.token);
  if (state !== null && answered !== null) printError(`Stopped the daemon of ${shown(state.root)}.\n`);
  else printError(unanswered(state, 'it ends when it goes on'));
  return 'clean';
}

async function status(cache: string): Promise<Outcome> {
  const state = daemonIn(cache);
  const told = state === null ? null : await callDaemon(cache, state, 'status');
  if (state === null || told === null) {
    await print(unanswered(state, 'runs do without it'));
    return 'findings';
  }
  const age = Math.round((Date.now() - state.since) / 60_000);
  const other = state.build === build() ? '' : ' It is of another build: runs of this one do without it.';
  await print(
    `A daemon has kept ${shown(state.root)} for ${age} min (process ${state.pid}): ${told}${other}\n`,
  );
  return 'clean';
}

/** What is said where no daemon answers. `so`: what follows for one that is suspended. */
function unanswered(state: DaemonState | null, so: string): string {
  if (state === null || !isSuspended(state.pid)) return NONE;
  return `The daemon of ${shown(state.root)} is suspended (process ${state.pid}); ${so}.\n`;
}

const NONE = 'No daemon keeps this project.\n';

/** Serves in this process until nobody wants it any more. */
async function stay({ input, project, cache }: Asked): Promise<Outcome> {
  const idle = minutes(input) * 60_000;
  makeCache(cache);
  const token = newToken();
  const state: DaemonState = {
    pid: process.pid,
    build: build(),
    token,
    socket: newSocket(),
    root: project.root,
    since: Date.now(),
  };
  process.on('exit', () => withdraw(cache, token));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit());
  await serve({ cache, state, idle, project }, () => {
    announce(cache, state);
    process.send?.('ready');
    if (process.connected) process.disconnect();
  });
  return 'clean';
}

function minutes({ args }: CommandInput): number {
  const text = args.text('idle-timeout') ?? String(IDLE);
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new UserError('usage', `\`--idle-timeout\`: "${text}" is no number of minutes`);
}

/** The folder of a project, for people. */
function shown(root: string): string {
  const cwd = slashes(process.cwd());
  return root === cwd ? 'this project' : shownPath(cwd, root);
}
