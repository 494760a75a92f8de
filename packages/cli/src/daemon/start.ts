import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A daemon that was started, or what it said before it ended. */
export type Started = { readonly pid: number } | { readonly said: string };

/** Starts danglint with a command line that goes on when this process ends; waits until it is ready. */
export function startDetached(argv: readonly string[]): Promise<Started> {
  const child = fork(process.argv[1] ?? fileURLToPath(import.meta.url), [...argv], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const said: Buffer[] = [];
  child.stderr?.on('data', (part: Buffer) => void said.push(part));
  return new Promise((resolve, reject) => {
    child.once('message', () => {
      child.stderr?.destroy();
      child.disconnect();
      child.unref();
      resolve({ pid: child.pid ?? 0 });
    });
    child.once('error', (error) => reject(error));
    child.once('close', () => {
      resolve({ said: Buffer.concat(said).toString('utf8') });
    });
  });
}
