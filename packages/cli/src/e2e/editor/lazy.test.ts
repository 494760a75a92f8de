import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ensureBuilt } from '../build.ts';

const DIST = fileURLToPath(new URL('../../../dist/', import.meta.url));

/** The files of the bundle that one of them loads, itself among them; what it imports when it needs it is not followed. */
function loaded(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(join(DIST, file), 'utf8');
  for (const [, other = ''] of text.matchAll(/(?:\bfrom|^import) "\.\/([^"]+\.js)"/gm)) loaded(other, seen);
  return seen;
}

test('check and the thread of the analysis load nothing of the protocol; the server does', () => {
  ensureBuilt();
  const speaks = (file: string): boolean =>
    [...loaded(file)].some((one) => readFileSync(join(DIST, one), 'utf8').includes('vscode-jsonrpc'));
  const command = (name: string): string =>
    readdirSync(DIST).find((file) => new RegExp(`^${name}-[A-Z0-9]{8}\\.js$`).test(file)) ?? name;
  expect(['danglint.js', command('check'), 'server-worker.js', command('server')].map(speaks)).toEqual([
    false,
    false,
    false,
    true,
  ]);
});
