import type { Session, SessionOptions } from '@danglint/core';
import type { Project } from '../project/project.ts';

/** A stream that a run writes to. */
export interface OutStream {
  readonly isTTY: boolean;
  /** Of a terminal. */
  readonly columns: number;
  readonly write: (data: string | Uint8Array, done: (error?: Error | null) => void) => unknown;
}

/** Who asked for a run: reads what it prints, and gives what it reads. */
export interface Caller {
  readonly stdout: OutStream;
  readonly stderr: OutStream;
  readonly stdin: () => Promise<Uint8Array>;
  /** To be asked before a file is written: throws `LeftToClient` when nobody waits for the run any more. */
  readonly wanted: () => Promise<void>;
  /** What keeps the program for the next run; null where there is none. */
  readonly keeper: Keeper | null;
}

/** Keeps a program between runs. */
export interface Keeper {
  /** A session for a run, as fresh as one that was just loaded. Throws `LeftToClient` for a program that is not kept. */
  readonly session: (
    project: Project,
    paths: readonly string[],
    options: Omit<SessionOptions, 'files'>,
  ) => Promise<Session>;
}

/** A run that cannot be done for a client: it does it itself. */
export class LeftToClient extends Error {
  override readonly name = 'LeftToClient';
}

/** The process itself, with its own streams. */
export const OWN: Caller = {
  get stdout() {
    return process.stdout;
  },
  get stderr() {
    return process.stderr;
  },
  stdin: ownInput,
  wanted: () => Promise.resolve(),
  keeper: null,
};

let current: Caller = OWN;

/** Who asked for the run that goes on. */
export function caller(): Caller {
  return current;
}

/** Does work for somebody else; one at a time. */
export async function calledBy<T>(other: Caller, work: () => Promise<T>): Promise<T> {
  current = other;
  try {
    return await work();
  } finally {
    current = OWN;
  }
}

let read: Promise<Uint8Array> | null = null;

/** All bytes of standard input, which can be read once: asked again, it gives the same. */
function ownInput(): Promise<Uint8Array> {
  read ??= allOf(process.stdin);
  return read;
}

async function allOf(stream: NodeJS.ReadStream): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk)));
  return Buffer.concat(chunks);
}
