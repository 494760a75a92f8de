import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';

/** Waits for a promise; rejects with the protocol's answer to a cancelled request as soon as that is cancelled. */
export async function untilCancelled<T>(promise: Promise<T>, token: CancellationToken): Promise<T> {
  if (token.isCancellationRequested) throw cancelled();
  let stop: { dispose(): void } | null = null;
  const cancellation = new Promise<never>((_, reject) => {
    stop = token.onCancellationRequested(() => reject(cancelled()));
  });
  try {
    return await Promise.race([promise, cancellation]);
  } finally {
    // Assigned while the promise was made.
    (stop as { dispose(): void } | null)?.dispose();
  }
}

/** True when a promise comes true within a time in milliseconds. */
export async function within(promise: Promise<unknown>, time: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), time);
  });
  const done = await Promise.race([promise.then(() => true as const), late]);
  clearTimeout(timer);
  return done;
}

function cancelled(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
}
