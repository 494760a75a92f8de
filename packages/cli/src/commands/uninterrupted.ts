/** Runs `work` to its end even when Ctrl-C comes; the interrupt takes effect afterwards, as if it had come then. */
export function uninterrupted<T>(work: () => T): T {
  let interrupt: NodeJS.Signals | null = null;
  const hold = (signal: NodeJS.Signals): void => {
    interrupt = signal;
  };
  process.on('SIGINT', hold);
  process.on('SIGTERM', hold);
  try {
    return work();
  } finally {
    setImmediate(() => {
      process.off('SIGINT', hold);
      process.off('SIGTERM', hold);
      if (interrupt !== null) process.kill(process.pid, interrupt);
    });
  }
}
