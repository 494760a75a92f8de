import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { version } from './version.ts';

/** A name of this very build of danglint and of the Node that runs it: of its version, and of the files that it runs from. */
export function build(): string {
  const folder = dirname(fileURLToPath(import.meta.url));
  const files = readdirSync(folder).map((name) => {
    const stats = statSync(join(folder, name), { throwIfNoEntry: false });
    return [name, stats?.size, stats?.mtimeMs];
  });
  return createHash('sha1')
    .update(JSON.stringify([version(), process.version, files]))
    .digest('hex');
}
