import { askDaemon } from './daemon/client.ts';
import { execute, failed } from './execute.ts';
import { exitCode, type Outcome } from './exit.ts';

/** Runs one command line. Every way to fail ends here, as an outcome and a message on standard error. */
export async function runMain(argv: readonly string[]): Promise<Outcome> {
  guardStreams();
  process.on('uncaughtException', (error) => {
    process.exit(exitCode(failed(error)));
  });
  try {
    return (await askDaemon(argv)) ?? (await execute(argv));
  } catch (error) {
    return failed(error);
  }
}

/** A reader that went away (`| head`) is no error; writers see other failures themselves. */
function guardStreams(): void {
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
}
