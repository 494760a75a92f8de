import type { Worker } from 'node:worker_threads';
import { createConnection } from 'vscode-languageserver/node';
import { askWorker } from './analysis/remote.ts';
import type { ProgramSource } from './program.ts';
import { Server } from './protocol/server.ts';

/**
 * Serves on standard input and output until the client says goodbye, its end of the pipe closes, or its process is gone: each
 * ends this process. `spawn` gives the thread in which `serveAnalysis` runs.
 */
export function startServer(source: Pick<ProgramSource, 'version' | 'watched'>, spawn: () => Worker): void {
  const connection = createConnection(process.stdin, process.stdout);
  const server = new Server(connection, source, (onEvent, onDeath) => askWorker(spawn(), onEvent, onDeath));
  server.listen();
}
