import { exitCode } from './exit.ts';
import { drained } from './output/streams.ts';
import { runMain } from './run.ts';

process.exitCode = exitCode(await runMain(process.argv.slice(2)));
await drained();
// Nothing is left to do: V8 need not take its heap down piece by piece.
process.exit();
