import { execute, failed } from '../execute.ts';
import { UserError } from '../errors.ts';
import type { Outcome } from '../exit.ts';
import { setImmediate } from 'node:timers/promises';
import { type Caller, calledBy, LeftToClient, type OutStream } from '../output/caller.ts';
import { SessionKeeper } from '../project/kept.ts';
import type { Project } from '../project/project.ts';
import { sessionOptions } from '../project/session.ts';
import type { Chunk, Reply, Request, StreamState } from './wire.ts';

/** A run reads standard input, which its client has not sent. */
class InputAsked extends Error {
  override readonly name = 'InputAsked';
}

/** Runs command lines for clients as if each ran in a process of its own, over one program that is kept. */
export class Runner {
  readonly #keeper: SessionKeeper;
  #served = 0;

  /** `root`: of the project whose program is kept. */
  constructor(root: string) {
    this.#keeper = new SessionKeeper(root);
  }

  /** How many command lines were run. */
  get served(): number {
    return this.#served;
  }

  /** Runs a request; `gone` tells whether its client still waits. */
  async run(request: Request, gone: () => boolean): Promise<Reply> {
    const chunks: Chunk[] = [];
    const stream = (to: Chunk[0], state: StreamState): OutStream => ({
      ...state,
      write: (data, done) => {
        chunks.push([to, Buffer.from(data).toString('base64')]);
        done();
      },
    });
    const caller: Caller = {
      stdout: stream('stdout', request.stdout),
      stderr: stream('stderr', request.stderr),
      stdin: () =>
        request.stdin === null
          ? Promise.reject(new InputAsked())
          : Promise.resolve(Buffer.from(request.stdin, 'base64')),
      wanted: async () => {
        // Sockets are looked at between the two, wherever in its round the event loop is.
        await setImmediate();
        await setImmediate();
        if (gone()) throw new LeftToClient();
      },
      keeper: this.#keeper,
    };
    if (!assumed(request)) return { kind: 'refused' };
    try {
      const outcome = await calledBy(caller, () => this.#outcome(request.argv));
      this.#served++;
      return { kind: 'done', outcome, chunks };
    } catch (error) {
      if (error instanceof InputAsked) return { kind: 'input' };
      // What went wrong here may do so for what is kept only: the client tries it afresh.
      if (!(error instanceof LeftToClient)) this.#keeper.forget();
      return { kind: 'refused' };
    }
  }

  /** Loads and judges a program: what is worked out stays. */
  async warm(project: Project): Promise<void> {
    const { found } = project;
    const paths = [...found.files, ...found.faults.map(({ path }) => path)];
    try {
      const session = await this.#keeper.session(project, paths, sessionOptions(project));
      session.reports();
    } catch (error) {
      // Whoever asks next is told what is wrong.
      if (!(error instanceof LeftToClient)) this.#keeper.forget();
    }
  }

  async #outcome(argv: readonly string[]): Promise<Outcome> {
    try {
      return await execute(argv);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return failed(error);
    }
  }
}

/** Takes over what a process has from the one that starts it; false where its folder is gone. */
function assumed({ cwd, env, umask }: Pick<Request, 'cwd' | 'env' | 'umask'>): boolean {
  try {
    process.chdir(cwd);
  } catch {
    return false;
  }
  process.umask(umask);
  // Libraries hold on to the object itself.
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
  return true;
}
