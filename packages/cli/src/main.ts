import { exitCode } from './exit.ts';
import { runMain } from './run.ts';

process.exitCode = exitCode(await runMain(process.argv.slice(2)));
