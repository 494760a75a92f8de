import type { Run } from '../args/commands.ts';
import { print } from '../output/streams.ts';
import { version } from '../version.ts';

export const run: Run = async ({ args }) => {
  const json = args.text('output-format') === 'json';
  await print(json ? `${JSON.stringify({ version: version() })}\n` : `danglint ${version()}\n`);
  return 'clean';
};
