import { UserError } from './errors.ts';
import type { Outcome } from './exit.ts';
import { printError } from './output/streams.ts';
import { manifest } from './version.ts';

/** Runs one command line in this process. Throws what `failed` words. */
export async function execute(argv: readonly string[]): Promise<Outcome> {
  const { parseArgs } = await import('./args/parse.ts');
  const parsed = await parseArgs(argv);
  if (parsed === null) return 'clean';
  const { run } = await parsed.command.load();
  const { args, operands } = parsed;
  return run({ args, operands, cwd: process.cwd(), env: process.env });
}

/** Says why a run failed. */
export function failed(error: unknown): Outcome {
  if (error instanceof UserError) {
    printError(`${error.lines(process.cwd()).join('\n')}\n`);
    return error.outcome;
  }
  printError(`${internalError(error).join('\n')}\n`);
  return 'internal';
}

function internalError(error: unknown): readonly string[] {
  const message = error instanceof Error ? error.message : String(error);
  const { bugs } = manifest();
  const debug = process.env['DANGLINT_DEBUG'];
  const trace = error instanceof Error && debug !== undefined && debug !== '' ? [error.stack ?? ''] : [];
  return [
    `danglint: internal error: ${message}`,
    `  This is a bug in danglint. Please report it${bugs === null ? '' : ` at ${bugs}`}: this message, the command line, and the code if you can.`,
    `  ${platform()}; DANGLINT_DEBUG=1 shows a stack trace`,
    ...trace,
  ];
}

function platform(): string {
  return `danglint ${manifest().version}, node ${process.version}, ${process.platform} ${process.arch}`;
}
