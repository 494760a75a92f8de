import { createConnection as connectTo } from 'node:net';
import type { Worker } from 'node:worker_threads';
import {
  createConnection,
  type Connection,
  IPCMessageReader,
  IPCMessageWriter,
} from 'vscode-languageserver/node';
import { askWorker } from './analysis/remote.ts';
import type { ProgramSource } from './program.ts';
import { Server } from './protocol/server.ts';

/** How a client is spoken with: standard input and output, a port of this machine that it listens on, or Node's own channel. */
export type Transport =
  | { readonly kind: 'stdio' }
  | { readonly kind: 'socket'; readonly port: number }
  | { readonly kind: 'node-ipc' };

/**
 * Serves until the client says goodbye, its end of the line closes, or its process is gone: each ends this process. `spawn` gives
 * the thread in which `serveAnalysis` runs. Rejects when nobody listens on the port.
 */
export async function startServer(
  source: Pick<ProgramSource, 'version' | 'watched'>,
  spawn: () => Worker,
  transport: Transport = { kind: 'stdio' },
): Promise<void> {
  const connection = await connect(transport);
  const server = new Server(connection, source, (onEvent, onDeath) => askWorker(spawn(), onEvent, onDeath));
  server.listen();
}

async function connect(transport: Transport): Promise<Connection> {
  switch (transport.kind) {
    case 'stdio':
      return createConnection(process.stdin, process.stdout);
    case 'node-ipc':
      process.once('disconnect', () => process.exit(0));
      return createConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
    case 'socket': {
      const socket = connectTo(transport.port, '127.0.0.1');
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('error', reject);
      });
      return createConnection(socket, socket);
    }
  }
}
