import { Worker } from 'node:worker_threads';
import { startServer } from '@danglint/server';
import type { Run } from '../args/commands.ts';
import { WATCHED } from '../editor/watched.ts';
import { version } from '../version.ts';

/** Serves an editor until it goes away, which ends the process. */
export const run: Run = () => {
  startServer(
    { watched: WATCHED, version: version() },
    () => new Worker(new URL('./server-worker.js', import.meta.url)),
  );
  return new Promise(() => {});
};
