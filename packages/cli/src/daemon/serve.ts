import { createServer, type Server, type Socket } from 'node:net';
import { count } from '../format/text.ts';
import type { Project } from '../project/project.ts';
import { type DaemonState, daemonIn, listenIn, withdraw } from './place.ts';
import { Queue } from './queue.ts';
import { Runner } from './runner.ts';
import { controlOf, received, type Reply, requestOf, send } from './wire.ts';

/** Milliseconds between two looks at whether the daemon is still wanted. */
const LOOK = 10_000;

/** What a daemon serves, and how long it waits for somebody to ask. */
export interface Service {
  /** The cache folder through which clients find it. */
  readonly cache: string;
  readonly state: DaemonState;
  /** Milliseconds. */
  readonly idle: number;
  /** What is kept, as its own configuration says. */
  readonly project: Project;
}

/**
 * Runs the command lines of clients, one after the other, until it is told to stop, nobody asked for so long, or its state file is gone or
 * another daemon's. `ready` is called once clients can connect; the program is loaded then.
 */
export async function serve(service: Service, ready: () => void): Promise<void> {
  const { cache, state } = service;
  const daemon = new Daemon(service);
  const server = createServer((socket) => void daemon.answer(socket));
  await listenIn(cache, state, server);
  ready();
  daemon.warm();
  await daemon.unwanted();
  withdraw(cache, state.token);
  await closed(server);
}

const REFUSED: Reply = { kind: 'refused' };

class Daemon {
  readonly #service: Service;
  readonly #runner: Runner;
  readonly #queue = new Queue();
  #stop: (() => void) | null = null;

  constructor(service: Service) {
    this.#service = service;
    this.#runner = new Runner(service.state.root);
  }

  /** Loads and judges the program, so that it is there when the first client asks. */
  warm(): void {
    void this.#queue.add(() => this.#runner.warm(this.#service.project));
  }

  async answer(socket: Socket): Promise<void> {
    let gone = false;
    for (const end of ['end', 'close']) {
      socket.on(end, () => {
        gone = true;
      });
    }
    const reply = await this.#replyTo(await received(socket), () => gone);
    if (!gone) send(socket, reply);
    socket.end();
  }

  async #replyTo(message: unknown, gone: () => boolean): Promise<Reply> {
    const { token } = this.#service.state;
    const control = controlOf(message);
    if (control?.token === token) return this.#told(control.control);
    const request = requestOf(message);
    if (request?.token !== token) return REFUSED;
    return this.#queue.add(() => (gone() ? Promise.resolve(REFUSED) : this.#runner.run(request, gone)));
  }

  #told(control: 'status' | 'stop'): Reply {
    if (control === 'stop') this.#stop?.();
    const memory = Math.round(process.memoryUsage.rss() / 2 ** 20);
    const text = `${count(this.#runner.served, 'run')} answered, ${memory} MiB.`;
    return { kind: 'done', outcome: 'clean', chunks: [['stdout', Buffer.from(text).toString('base64')]] };
  }

  /** Waits until nobody wants the daemon any more. */
  unwanted(): Promise<void> {
    const { cache, state, idle } = this.#service;
    return new Promise((resolve) => {
      const stop = (): void => {
        clearInterval(timer);
        resolve();
      };
      const timer = setInterval(() => {
        if (this.#queue.idleFor() > idle || daemonIn(cache)?.token !== state.token) stop();
      }, LOOK);
      this.#stop = stop;
    });
  }
}

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => void server.close(() => resolve()));
