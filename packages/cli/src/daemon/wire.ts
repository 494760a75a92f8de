import type { Socket } from 'node:net';
import { EXITS, type Outcome } from '../exit.ts';

/** What a client asks of the daemon: one line of JSON, then the client waits. */
export interface Request {
  /** What only who may read the daemon's state file knows. */
  readonly token: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly umask: number;
  /** Base64; null while it was not asked for. */
  readonly stdin: string | null;
  readonly stdout: StreamState;
  readonly stderr: StreamState;
}

/** What a client asks about the daemon itself. */
export interface Control {
  readonly token: string;
  readonly control: 'status' | 'stop';
}

/** What the output depends on. */
export interface StreamState {
  readonly isTTY: boolean;
  readonly columns: number;
}

/** What was written to one of the two streams, in base64. */
export type Chunk = readonly [to: 'stdout' | 'stderr', data: string];

/** What the daemon answers: one line of JSON. */
export type Reply =
  | { readonly kind: 'done'; readonly outcome: Outcome; readonly chunks: readonly Chunk[] }
  /** The client is to ask again, with what its standard input holds. */
  | { readonly kind: 'input' }
  /** The client is to do it itself. */
  | { readonly kind: 'refused' };

/** Sends a message; the connection stays open, so that the other side sees when this one is gone. */
export function send(socket: Socket, message: Request | Control | Reply): void {
  socket.write(`${JSON.stringify(message)}\n`);
}

/** The message that the other side sends, as JSON; null when that is none, or the connection breaks. */
export function received(socket: Socket): Promise<unknown> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    socket.on('data', (part: Buffer) => {
      parts.push(part);
      if (part.at(-1) === NEWLINE) resolve(parsed(Buffer.concat(parts).toString('utf8')));
    });
    for (const end of ['end', 'error', 'close']) socket.on(end, () => resolve(null));
  });
}

const NEWLINE = 10;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

/** A message as a question about the daemon; null when it is none. */
export function controlOf(message: unknown): Control | null {
  if (!isFields(message)) return null;
  const { token, control } = message;
  if (typeof token !== 'string') return null;
  return control === 'status' || control === 'stop' ? { token, control } : null;
}

/** A message as a request; null when it is none. */
export function requestOf(message: unknown): Request | null {
  if (!isFields(message)) return null;
  const { token, argv, cwd, env, umask, stdin } = message;
  const [stdout, stderr] = [streamOf(message['stdout']), streamOf(message['stderr'])];
  if (typeof token !== 'string' || typeof cwd !== 'string' || typeof umask !== 'number') return null;
  if (!isTexts(argv) || !isFields(env) || stdout === null || stderr === null) return null;
  if (stdin !== null && typeof stdin !== 'string') return null;
  const texts = Object.entries(env).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  return { token, argv, cwd, env: Object.fromEntries(texts), umask, stdin, stdout, stderr };
}

function streamOf(value: unknown): StreamState | null {
  if (!isFields(value)) return null;
  const { isTTY, columns } = value;
  return typeof isTTY === 'boolean' && typeof columns === 'number' ? { isTTY, columns } : null;
}

/** A message as a reply; one that is none counts as a refusal. */
export function replyOf(message: unknown): Reply {
  if (!isFields(message)) return { kind: 'refused' };
  const { kind, outcome, chunks } = message;
  if (kind === 'input') return { kind };
  if (!isOutcome(outcome) || !Array.isArray(chunks) || !chunks.every(isChunk)) return { kind: 'refused' };
  return { kind: 'done', outcome, chunks };
}

const isOutcome = (value: unknown): value is Outcome => typeof value === 'string' && value in EXITS;

const isChunk = (value: unknown): value is Chunk =>
  Array.isArray(value) &&
  value.length === 2 &&
  (value[0] === 'stdout' || value[0] === 'stderr') &&
  typeof value[1] === 'string';
