/** Lays the sources out as importable packages and runs them: one Python process a Django version, all cases in each. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {import('./cases.mjs').Case} Case */
/** @typedef {{readonly django: string, readonly cases: Readonly<Record<string, import('./compare.mjs').CaseRecord>>}} DjangoRun */

const runner = fileURLToPath(new URL('runner.py', import.meta.url));

/**
 * @param {string} packages
 * @param {string} name
 * @param {string} source
 */
function writePackage(packages, name, source) {
  mkdirSync(path.join(packages, name), { recursive: true });
  writeFileSync(path.join(packages, name, '__init__.py'), '');
  writeFileSync(path.join(packages, name, 'case.py'), source);
}

/**
 * @param {string} python
 * @param {readonly string[]} args
 * @returns {Promise<void>}
 */
function runPython(python, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(python, ['-B', runner, ...args], {
      timeout: 300_000,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (/** @type {Buffer} */ chunk) => (errors += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`runner.py ended with exit code ${code}:\n${errors.trim()}`));
    });
  });
}

/**
 * @param {readonly Case[]} cases
 * @param {ReadonlyMap<string, {readonly text: string}>} fixed
 * @param {string} work
 * @param {readonly {readonly name: string, readonly python: string}[]} venvs
 * @returns {Promise<DjangoRun[]>}
 */
export async function runDjango(cases, fixed, work, venvs) {
  const packages = path.join(work, 'packages');
  const entries = cases.map(({ name, source, scenarios }) => {
    const entry = { name, original: `${name}__original`, fixed: `${name}__fixed` };
    writePackage(packages, entry.original, `${source}\n\n${scenarios}`);
    writePackage(packages, entry.fixed, `${fixed.get(name)?.text ?? source}\n\n${scenarios}`);
    return entry;
  });
  const manifest = path.join(work, 'manifest.json');
  writeFileSync(manifest, JSON.stringify({ packages, cases: entries }));
  return Promise.all(
    venvs.map(async ({ name, python }) => {
      const output = path.join(work, `${name}.json`);
      await runPython(python, [manifest, output]);
      return /** @type {DjangoRun} */ (JSON.parse(readFileSync(output, 'utf8')));
    }),
  );
}
