/** docs/rules/index.md, made from the rules' own metas. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = path.join(root, 'node_modules/.cache/danglint-gen');

/** Dependencies that are CommonJS inside call `require` for node's own modules. */
const REQUIRE =
  "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);";

/** Node 20 reads no TypeScript: the module is bundled first. */
export async function outputs() {
  mkdirSync(cache, { recursive: true });
  const outfile = path.join(cache, 'rules.mjs');
  await build({
    absWorkingDir: root,
    entryPoints: ['packages/rules/src/docs/generated.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    conditions: ['@danglint/source', 'module'],
    banner: { js: REQUIRE },
    logLevel: 'warning',
  });
  /** @type {{outputs: () => readonly {path: string, text: string}[]}} */
  const generator = await import(pathToFileURL(outfile).href);
  return generator.outputs();
}
