/** docs/rules/index.md, made from the rules' own metas. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundleFile } from '../bundled.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = path.join(root, 'node_modules/.cache/danglint-gen');

export async function outputs() {
  mkdirSync(cache, { recursive: true });
  const outfile = path.join(cache, 'rules.mjs');
  await bundleFile('packages/rules/src/docs/generated.ts', outfile);
  /** @type {{outputs: () => readonly {path: string, text: string}[]}} */
  const generator = await import(pathToFileURL(outfile).href);
  return generator.outputs();
}
