/** docs/cli.md and the JSON Schema of the configuration, made by the command line's own tables. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundleFile } from '../bundled.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = path.join(root, 'node_modules/.cache/danglint-gen');

export async function outputs() {
  mkdirSync(cache, { recursive: true });
  const outfile = path.join(cache, 'cli.mjs');
  await bundleFile('packages/cli/src/docs/generated.ts', outfile);
  /** @type {{outputs: () => readonly {path: string, text: string}[]}} */
  const generator = await import(pathToFileURL(outfile).href);
  return generator.outputs();
}
