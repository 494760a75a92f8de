/** The command that is put to the test. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const built = path.resolve(fileURLToPath(import.meta.url), '../../../packages/cli/dist/danglint.js');

/**
 * The built command line, or what the environment variable DANGLINT_BIN names (words separated by spaces).
 * @returns {readonly string[]}
 */
export function danglintCommand() {
  const named = process.env['DANGLINT_BIN'];
  if (named) return named.split(' ');
  if (!existsSync(built))
    throw new Error('packages/cli/dist/danglint.js is not built: run `pnpm build` first');
  return [process.execPath, built];
}
