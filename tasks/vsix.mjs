/**
 * `node tasks/vsix.mjs [--no-package]`: builds packages/vscode/dist/danglint.vsix, the extension with the server in it. Needs the
 * bundle of the command line (tasks/bundle.mjs). `--no-package` leaves out the last step, for which npx brings `vsce`.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleFile } from './bundled.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const home = path.join(root, 'packages/vscode');
const dist = path.join(home, 'dist');
/** What goes into the package, and nothing else. */
const stage = path.join(dist, 'extension');
const cli = path.join(root, 'packages/cli');

/** Needs node 20; 4.x wants a newer one. */
const VSCE = '@vscode/vsce@3.9.2';

if (!existsSync(path.join(cli, 'dist/server-worker.js'))) {
  console.error('vsix: there is no bundle: node tasks/bundle.mjs');
  process.exit(1);
}
rmSync(stage, { recursive: true, force: true });
await bundleFile('packages/vscode/src/extension.ts', path.join(stage, 'dist/extension.cjs'), {
  format: 'cjs',
  minify: true,
  external: ['vscode'],
});
copyServer();
copyFiles();
if (!process.argv.includes('--no-package')) pack();

/** The command line's bundle as it is published: its manifest stands one folder above it. */
function copyServer() {
  const server = path.join(stage, 'dist/server');
  mkdirSync(server, { recursive: true });
  cpSync(path.join(cli, 'package.json'), path.join(server, 'package.json'));
  const wanted = (/** @type {string} */ file) =>
    !/[\\/]types([\\/]|$)|\.(tsbuildinfo|d\.ts|map)$|[\\/]\.building$|\.tmp\.js$/.test(
      path.relative(cli, file),
    );
  cpSync(path.join(cli, 'dist'), path.join(server, 'dist'), { recursive: true, filter: wanted });
}

/** The manifest without what only this workspace understands. */
function copyFiles() {
  const {
    devDependencies: _,
    private: __,
    ...manifest
  } = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8'));
  writeFileSync(path.join(stage, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const name of ['README.md', 'LICENSE', 'icon.png', 'walkthrough'])
    cpSync(path.join(home, name), path.join(stage, name), { recursive: true });
}

function pack() {
  const out = path.join(dist, 'danglint.vsix');
  const args = [
    '-y',
    VSCE,
    'package',
    '--no-dependencies',
    '--skip-license',
    '--allow-missing-repository',
    '--out',
    out,
  ];
  const run = spawnSync('npx', args, { cwd: stage, stdio: 'inherit', shell: process.platform === 'win32' });
  process.exitCode = run.status ?? 1;
}
