import { fork, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import {
  createProtocolConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type ProtocolConnection,
} from 'vscode-languageserver/node';
import { expect, test } from 'vitest';
import { ensureBuilt } from '../build.ts';
import { BUNDLE, cleanEnvironment } from '../danglint.ts';

/** Greets the server and says goodbye; gives its name. */
async function greet(connection: ProtocolConnection): Promise<unknown> {
  connection.listen();
  const answer: { readonly serverInfo?: { readonly name: string } } = await connection.sendRequest(
    'initialize',
    { processId: process.pid, rootUri: null, capabilities: {} },
  );
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  return answer.serverInfo?.name;
}

test('a port on which the editor listens', async () => {
  ensureBuilt();
  const listening = createServer().listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const address = listening.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const server = spawn(process.execPath, [BUNDLE, 'server', `--socket=${address.port}`], {
    env: cleanEnvironment(),
  });
  const ended = once(server, 'exit');
  const [socket]: Socket[] = await once(listening, 'connection');
  if (socket === undefined) throw new Error('no connection');
  expect(await greet(createProtocolConnection(socket, socket))).toBe('danglint');
  expect(await ended).toEqual([0, null]);
  listening.close();
});

test("Node's channel", async () => {
  ensureBuilt();
  const server = fork(BUNDLE, ['server', '--node-ipc'], { env: cleanEnvironment() });
  const ended = once(server, 'exit');
  const connection = createProtocolConnection(new IPCMessageReader(server), new IPCMessageWriter(server));
  expect(await greet(connection)).toBe('danglint');
  expect(await ended).toEqual([0, null]);
});

test.each([
  ['--socket=99999', 'not a port: 99999'],
  ['--socket=1', 'no editor can be reached'],
  ['--node-ipc', 'there is no channel'],
])('%s: exit 2 and what to do', (flag, message) => {
  ensureBuilt();
  const run = spawnSync(process.execPath, [BUNDLE, 'server', flag], {
    encoding: 'utf8',
    env: cleanEnvironment(),
    input: '',
  });
  expect(run.status).toBe(2);
  expect(run.stderr).toContain(message);
  expect(run.stderr).toContain('help: ');
});
