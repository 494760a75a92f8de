import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.ts';

/** For tests: runs of the built program, as a user starts it. */
export const BUNDLE = fileURLToPath(new URL('../../dist/danglint.js', import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as it came. */
  readonly bytes: Buffer;
}

export interface RunOptions {
  readonly cwd: string;
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** A user without rights, where the tests run as root. */
  readonly uid?: number;
}

export function danglint(args: readonly string[], { cwd, input, env = {}, uid }: RunOptions): Ran {
  ensureBuilt();
  const run = spawnSync(process.execPath, [BUNDLE, ...args], {
    cwd,
    env: { ...cleanEnvironment(), ...env },
    maxBuffer: 1 << 28,
    ...(input === undefined ? {} : { input }),
    ...(uid === undefined ? {} : { uid }),
  });
  if (run.error !== undefined) throw run.error;
  return {
    code: run.status,
    signal: run.signal,
    stdout: run.stdout.toString('utf8'),
    stderr: run.stderr.toString('utf8'),
    bytes: run.stdout,
  };
}

/** A shell line; `danglint` in it is the built program. */
export function shell(line: string, cwd: string): Ran {
  ensureBuilt();
  const script = `danglint() { "${process.execPath}" "${BUNDLE}" "$@"; }\n${line}`;
  const run = spawnSync('bash', ['-c', script], { cwd, env: cleanEnvironment() });
  if (run.error !== undefined) throw run.error;
  const [stdout, stderr] = [run.stdout.toString('utf8'), run.stderr.toString('utf8')];
  return { code: run.status, signal: run.signal, stdout, stderr, bytes: run.stdout };
}

/** A run that goes on while the test acts. */
export function start(
  args: readonly string[],
  cwd: string,
  stdin: 'ignore' | 'pipe' = 'ignore',
): ChildProcess {
  ensureBuilt();
  return spawn(process.execPath, [BUNDLE, ...args], {
    cwd,
    env: cleanEnvironment(),
    stdio: [stdin, 'pipe', 'pipe'],
  });
}

export function cleanEnvironment(): NodeJS.ProcessEnv {
  const drop = /^(NO_COLOR|FORCE_COLOR|DANGLINT_.*|NODE_OPTIONS|VITEST.*)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !drop.test(name)));
}

/** A folder of its own for one test; removed by `cleanUp`. */
export function project(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'danglint-e2e-')));
  made.push(root);
  for (const [path, content] of Object.entries(files)) put(root, path, content);
  return root;
}

export function put(root: string, path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

const made: string[] = [];

export function cleanUp(): void {
  for (const root of made.splice(0)) rmSync(root, { recursive: true, force: true });
}
