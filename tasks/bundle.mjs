/**
 * Bundles the CLI: packages/cli/src/main.ts -> packages/cli/dist/danglint.js, one ESM file that needs nothing installed, plus a
 * chunk for each module that is imported lazily, plus the two wasm files beside it. `packages/core/dist` gets the Python
 * grammar too: that package is published unbundled, and tree-sitter-python (with its install script) is no dependency of it.
 */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { COMMON } from './bundled.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = path.join(root, 'packages/cli');
const dist = path.join(cli, 'dist');

/**
 * What becomes a file of its own: the command, what it starts in other threads, where that exists, and what plugins and their
 * tests import. They share chunks: a plugin gets the very modules that the command runs on.
 */
const entries = {
  danglint: 'src/main.ts',
  worker: 'src/worker.ts',
  api: 'src/api.ts',
  testing: 'src/testing.ts',
  'server-worker': 'src/server-worker.ts',
};

const written = await bundle();
copyWasm();
copyRulePages();
copy(path.join(root, 'LICENSE'), cli);
removeOld(written);
report();

/**
 * Removes what the last bundle left and this one has not written; tsc's `dist/types` stays. It comes last, so that a run that
 * starts meanwhile finds a whole program.
 * @param {ReadonlySet<string>} written
 */
function removeOld(written) {
  for (const entry of readdirSync(dist, { withFileTypes: true })) {
    const old = entry.isFile() && /\.(js|map|txt)$/.test(entry.name) && !written.has(entry.name);
    if (old) rmSync(path.join(dist, entry.name), { force: true });
  }
}

/** Writes the bundle; gives the names of its files. */
async function bundle() {
  const present = Object.entries(entries).filter(([, file]) => existsSync(path.join(cli, file)));
  const input = { ...COMMON, cwd: cli, input: Object.fromEntries(present) };
  const output = /** @type {const} */ ({ dir: 'dist', format: 'esm', chunkFileNames: '[name]-[hash].js' });
  const apart = await build({ ...input, output, write: false });
  const groups = startGroups(apart.output.filter((file) => file.type === 'chunk'));
  const { output: files } = await build({
    ...input,
    preserveEntrySignatures: 'allow-extension',
    output: { ...output, codeSplitting: { includeDependenciesRecursively: false, groups } },
  });
  makeExecutable(path.join(dist, 'danglint.js'));
  return new Set(files.map(({ fileName }) => fileName));
}

/**
 * Node takes a third of a millisecond and more for each file that it loads: what every run loads is one file, what reads the command line
 * another, and what a check loads before it knows whether there is an answer of an earlier run a third. The first group that takes a module has it.
 * @param {readonly import('rolldown').OutputChunk[]} chunks as they are without groups
 */
function startGroups(chunks) {
  const main = path.join(cli, entries.danglint);
  const of = { start: 'main.ts', 'start-args': 'args/parse.ts', 'start-check': 'commands/check.ts' };
  return Object.entries(of).map(([name, file]) => {
    const modules = modulesBehind(chunks, file);
    return { name, test: (/** @type {string} */ id) => id !== main && modules.has(id) };
  });
}

/**
 * The modules that a module of the command loads, itself among them; what they import when they need it is not followed.
 * @param {readonly import('rolldown').OutputChunk[]} chunks
 * @param {string} file below `src`
 */
function modulesBehind(chunks, file) {
  const id = path.join(cli, 'src', file);
  const reached = new Set(chunks.filter(({ facadeModuleId }) => facadeModuleId === id));
  for (const { imports } of reached)
    for (const chunk of chunks) if (imports.includes(chunk.fileName)) reached.add(chunk);
  return new Set([...reached].flatMap(({ moduleIds }) => moduleIds));
}

/** @param {string} file */
function makeExecutable(file) {
  const text = readFileSync(file, 'utf8');
  if (!text.startsWith('#!')) writeFileSync(file, `#!/usr/bin/env node\n${text}`);
  chmodSync(file, 0o755);
}

function copyWasm() {
  const core = createRequire(path.join(root, 'packages/core/package.json'));
  const grammar = core.resolve('tree-sitter-python/tree-sitter-python.wasm');
  copy(core.resolve('web-tree-sitter/web-tree-sitter.wasm'), dist);
  copy(grammar, dist);
  copy(grammar, path.join(root, 'packages/core/dist/syntax'));
}

/** `danglint rule` shows these pages. */
function copyRulePages() {
  const pages = path.join(root, 'docs/rules');
  if (!existsSync(pages)) return;
  rmSync(path.join(dist, 'rules'), { recursive: true, force: true });
  for (const name of readdirSync(pages).filter((name) => name.endsWith('.md'))) {
    copy(path.join(pages, name), path.join(dist, 'rules'));
  }
}

/**
 * @param {string} file
 * @param {string} folder
 */
function copy(file, folder) {
  mkdirSync(folder, { recursive: true });
  const target = path.join(folder, path.basename(file));
  copyFileSync(file, target);
  chmodSync(target, 0o644);
}

function report() {
  const files = readdirSync(dist, { withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = files.reduce((sum, entry) => sum + statSync(path.join(dist, entry.name)).size, 0);
  console.error(
    `bundle: ${files.length} files, ${Math.round(bytes / 1024)} KiB in ${path.relative(root, dist)}`,
  );
}
