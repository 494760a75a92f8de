import type { MessagePort, Worker } from 'node:worker_threads';
import type { ProgramSource } from '../program.ts';
import { Analysis } from './analysis.ts';
import type { AnalysisEvent, Ask, Calls, Method } from './calls.ts';

/** What goes over the port: questions one way, answers and events the other. */
type Question = {
  readonly [M in Method]: { readonly id: number; readonly method: M; readonly params: Calls[M]['params'] };
}[Method];
type Message =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: string }
  | { readonly event: AnalysisEvent };

/** Runs the analysis in a thread of its own; `port` leads to the thread that asks. */
export async function serveAnalysis(port: MessagePort, source: ProgramSource): Promise<void> {
  const send = (message: Message): void => port.postMessage(message);
  const analysis = await Analysis.create(source, (event) => send({ event }));
  port.on('message', ({ id, method, params }: Question) => {
    analysis.ask(method, params).then(
      (result) => send({ id, result }),
      (error: unknown) =>
        send({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Asks an analysis that runs in a thread of its own. `onDeath`: the thread ended, what it was asked stays unanswered. */
export function askWorker(
  thread: Worker,
  onEvent: (event: AnalysisEvent) => void,
  onDeath: (error: Error) => void,
): Ask {
  const waiting = new Map<number, Waiting>();
  let next = 0;
  thread.on('message', (message: Message) => {
    if ('event' in message) return onEvent(message.event);
    const one = waiting.get(message.id);
    waiting.delete(message.id);
    if ('error' in message) one?.reject(new Error(message.error));
    else one?.resolve(message.result);
  });
  const die = (error: Error): void => {
    for (const one of waiting.values()) one.reject(error);
    waiting.clear();
    onDeath(error);
  };
  thread.on('error', die);
  thread.on('exit', () => die(new Error('the analysis ended')));
  return <M extends Method>(method: M, params: Calls[M]['params']) =>
    new Promise<Calls[M]['result']>((resolve, reject) => {
      const id = next++;
      // The thread runs `Analysis.ask`, whose answer to `method` has this type.
      waiting.set(id, { resolve: (result) => resolve(result as Calls[M]['result']), reject });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- windows have origins, threads have none
      thread.postMessage({ id, method, params });
    });
}
