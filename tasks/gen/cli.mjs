/** docs/cli.md and the JSON Schema of the configuration, made by the command line's own tables. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = path.join(root, 'node_modules/.cache/danglint-gen');

/** Dependencies that are CommonJS inside call `require` for node's own modules. */
const REQUIRE =
  "import { createRequire as __makeRequire } from 'node:module'; const require = __makeRequire(import.meta.url);";

/** Node 20 reads no TypeScript: the module is bundled first. */
export async function outputs() {
  mkdirSync(cache, { recursive: true });
  const outfile = path.join(cache, 'cli.mjs');
  await build({
    absWorkingDir: root,
    entryPoints: ['packages/cli/src/docs/generated.ts'],
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
