/**
 * Generated files: `node tasks/gen.mjs` writes them, `--check` fails when one is not what it would write.
 * Each generator is a module in tasks/gen/ with `export const outputs = async () => [{path, text}]`.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const check = process.argv.includes('--check');
const home = path.join(root, 'tasks/gen');
const generators = existsSync(home) ? readdirSync(home).filter((name) => name.endsWith('.mjs')) : [];

let count = 0;
/** @type {string[]} */
const stale = [];
for (const name of generators.sort()) {
  /** @type {{outputs: () => Promise<readonly {path: string, text: string}[]>}} */
  const generator = await import(pathToFileURL(path.join(home, name)).href);
  for (const output of await generator.outputs()) {
    count += 1;
    const file = path.join(root, output.path);
    const now = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    if (now === output.text) continue;
    stale.push(output.path);
    if (check) continue;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, output.text);
  }
}

for (const file of stale)
  console.error(check ? `${file} is stale: run \`pnpm gen\` and commit it` : `wrote ${file}`);
console.error(`gen: ${count} generated files, ${stale.length} ${check ? 'stale' : 'written'}`);
process.exitCode = check && stale.length > 0 ? 1 : 0;
