/** One way for tasks to bundle TypeScript, as the command itself is bundled. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * How all of them are built: what runs on the oldest Node that danglint runs on, from our packages' sources.
 * @type {import('rolldown').InputOptions}
 */
export const COMMON = {
  platform: 'node',
  transform: { target: 'node20.19' },
  resolve: { conditionNames: ['@danglint/source', 'module', 'import', 'node', 'default'] },
  // web-tree-sitter evaluates text only where a module asks it to, which the grammar does not.
  checks: { eval: false },
};

/**
 * Bundles one module into one file. Node 20 reads no TypeScript: a task that works with a module of ours has it bundled first.
 * @param {string} entry path from the root
 * @param {string} file what is written, absolute
 * @param {Pick<import('rolldown').OutputOptions, 'format' | 'minify'> & {readonly external?: readonly string[]}} [options]
 */
export async function bundleFile(entry, file, { format = 'esm', minify = false, external = [] } = {}) {
  await build({
    ...COMMON,
    cwd: root,
    input: path.join(root, entry),
    external: [...external],
    output: { file, format, minify, codeSplitting: false },
    logLevel: 'warn',
  });
}
