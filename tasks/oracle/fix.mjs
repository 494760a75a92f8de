/** The fixed source of a case: danglint runs on a copy in a folder of its own, as a user would run it. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';

/** @typedef {import('./cases.mjs').Case} Case */
/** @typedef {{readonly text: string, readonly problem: string | undefined}} Fixed */

/**
 * @param {readonly string[]} command
 * @param {string} cwd
 * @param {Readonly<Record<string, string>>} env
 * @returns {Promise<{readonly code: number, readonly output: string}>}
 */
function execute(command, cwd, env) {
  const [program = '', ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, NO_COLOR: '1', ...env },
      timeout: 120_000,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (/** @type {Buffer} */ chunk) => (output += chunk.toString()));
    child.stderr.on('data', (/** @type {Buffer} */ chunk) => (output += chunk.toString()));
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 130, output }));
  });
}

/**
 * @param {Case} one
 * @param {string} folder
 * @param {readonly string[]} danglint
 */
async function fixOnce(one, folder, danglint, unsafe = false) {
  const file = path.join(folder, one.path);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, one.source);
  const flags = ['--fix', ...(unsafe ? ['--unsafe-fixes'] : []), ...one.args];
  const command = [...danglint, 'check', ...flags, '--select', one.code, one.path];
  const { code, output } = await execute(command, folder, { ORACLE_CASE: one.file });
  const tail = output.trim().split('\n').slice(-12).join('\n') || '(danglint printed nothing)';
  const problem = code === 0 || code === 1 ? undefined : `danglint ended with exit code ${code}:\n${tail}`;
  return { text: readFileSync(file, 'utf8'), problem, tail };
}

/**
 * @param {Case} one
 * @param {string} folder
 * @param {readonly string[]} danglint
 * @returns {Promise<Fixed>}
 */
async function fixCase(one, folder, danglint) {
  const safe = await fixOnce(one, path.join(folder, 'safe'), danglint);
  if (safe.problem !== undefined) return safe;
  const changed = safe.text !== one.source;
  if (changed && (one.fix === 'unsafe' || one.fix === 'none'))
    return { text: safe.text, problem: `--fix changed it, but no fix here is safe:\n${safe.text}` };
  if (changed) return checked(one, safe.text);
  if (one.fix === 'safe') return { text: safe.text, problem: `--fix changed nothing:\n${safe.tail}` };

  const unsafe = await fixOnce(one, path.join(folder, 'unsafe'), danglint, true);
  if (unsafe.problem !== undefined) return unsafe;
  if (unsafe.text !== one.source)
    return one.fix === 'none'
      ? { text: unsafe.text, problem: `it must not be touched:\n${unsafe.text}` }
      : checked(one, unsafe.text);
  if (one.fix === 'none' || one.fix === 'optional') return { text: one.source, problem: undefined };
  return { text: unsafe.text, problem: `--fix --unsafe-fixes changed nothing:\n${unsafe.tail}` };
}

/**
 * @param {Case} one
 * @param {string} text
 * @returns {Fixed}
 */
function checked(one, text) {
  if (one.contains === undefined || text.includes(one.contains)) return { text, problem: undefined };
  return { text, problem: `the fixed source does not contain "${one.contains}":\n${text}` };
}

/**
 * @param {readonly Case[]} cases
 * @param {string} folder
 * @param {readonly string[]} danglint the command
 * @returns {Promise<Map<string, Fixed>>} by name
 */
export async function fixAll(cases, folder, danglint) {
  const waiting = [...cases];
  /** @type {Map<string, Fixed>} */
  const fixed = new Map();
  const worker = async () => {
    for (let one = waiting.shift(); one; one = waiting.shift())
      fixed.set(one.name, await fixCase(one, path.join(folder, one.name), danglint));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return fixed;
}
