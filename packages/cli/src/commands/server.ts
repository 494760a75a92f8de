import { Worker } from 'node:worker_threads';
import { ioMessage } from '@danglint/core';
import { startServer, type Transport } from '@danglint/server';
import type { Run } from '../args/commands.ts';
import type { ArgReader } from '../args/reader.ts';
import { WATCHED } from '../editor/watched.ts';
import { UserError } from '../errors.ts';
import { version } from '../version.ts';

/** Serves an editor until it goes away, which ends the process. */
export const run: Run = async ({ args }) => {
  const transport = transportOf(args);
  try {
    await startServer(
      { watched: WATCHED, version: version() },
      () => new Worker(new URL('./server-worker.js', import.meta.url)),
      transport,
    );
  } catch (error) {
    throw new UserError('usage', `no editor can be reached: ${ioMessage(error)}`, {
      where: transport.kind === 'socket' ? `--socket=${transport.port}` : `--${transport.kind}`,
      help: 'the editor listens first, then starts the server',
    });
  }
  return new Promise(() => {});
};

function transportOf(args: ArgReader): Transport {
  const socket = args.text('socket');
  if (socket !== null) {
    const port = Number(socket);
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      throw new UserError('usage', `not a port: ${socket}`, { where: '--socket', help: 'give 1 to 65535' });
    return { kind: 'socket', port };
  }
  if (!args.on('node-ipc')) return { kind: 'stdio' };
  if (process.send === undefined)
    throw new UserError('usage', 'there is no channel to the process that started this one', {
      where: '--node-ipc',
      help: "start it with Node's `fork`, or leave the flag out",
    });
  return { kind: 'node-ipc' };
}
