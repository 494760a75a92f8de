import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { UserError } from '../errors.ts';

/** Starts danglint with a command line that goes on when this process ends; gives its process id once it is ready. Throws a `UserError`. */
export function startDetached(argv: readonly string[]): Promise<number> {
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
      resolve(child.pid ?? 0);
    });
    child.once('error', (error) => reject(error));
    child.once('close', () => {
      const text = Buffer.concat(said).toString('utf8').trim();
      reject(new UserError('output', 'the daemon did not start', { help: text === '' ? null : text }));
    });
  });
}
