import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Open } from './client.mjs';
import { typed } from './typing.mjs';

const bundle = fileURLToPath(new URL('../../../packages/cli/dist/danglint.js', import.meta.url));

/**
 * @typedef {{ readonly p50: number, readonly p95: number, readonly count: number }} Times
 * @typedef {{ readonly filename: string, readonly location: { readonly row: number } }} Finding
 */

/** Edits that are not counted: the server is warm after them. */
const WARM_UP = 100;

/**
 * Everything that is measured in one tree.
 * @param {string} folder
 * @param {number} edits
 */
export async function measure(folder, edits) {
  const root = realpathSync(folder);
  const { checkMs, findings } = check(root);
  const files = chosen(findings, 12);
  const index = await firstIndex(root, files[0]?.file ?? '');
  const typing = await type(root, files, edits);
  const pushMs = await push(root, files, 100);
  return {
    tree: path.basename(path.resolve(folder)),
    findings: findings.length,
    checkMs,
    ...index,
    ...typing,
    pushMs,
  };
}

/**
 * A cold run of the command line.
 * @param {string} root
 */
function check(root) {
  const start = performance.now();
  const args = ['check', '--output-format', 'json', '--no-baseline'];
  const { stdout } = spawnSync(process.execPath, [bundle, ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const checkMs = Math.round(performance.now() - start);
  /** @type {readonly Finding[]} */
  const findings = JSON.parse(stdout);
  if (findings.length === 0) throw new Error('no findings: nothing to measure');
  return { checkMs, findings };
}

/**
 * Files with findings, spread over the tree, each with the line of its first one.
 * @param {readonly Finding[]} findings
 * @param {number} count
 */
function chosen(findings, count) {
  const lines = new Map(findings.toReversed().map(({ filename, location }) => [filename, location.row - 1]));
  const files = [...lines].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([file, line]) => ({ file, line }));
  const step = Math.max(1, files.length / count);
  return Array.from(
    { length: Math.min(count, files.length) },
    (_, i) => files[Math.floor(i * step)] ?? files[0],
  ).filter((one) => one !== undefined);
}

/**
 * From the start of the process to the findings of an open document, and to those of the whole program.
 * @param {string} root
 * @param {string} file
 */
async function firstIndex(root, file) {
  const start = performance.now();
  const client = new Client(bundle);
  await client.start(root, true);
  const document = new Open(client, file);
  await document.diagnostics();
  const firstFileMs = Math.round(performance.now() - start);
  await client.ask('workspace/diagnostic', { previousResultIds: [] });
  const firstIndexMs = Math.round(performance.now() - start);
  await client.stop();
  return { firstFileMs, firstIndexMs };
}

/**
 * Types at the pace of a person: the next key comes while the rest of the program is judged after the last one.
 * @param {string} root
 * @param {readonly { readonly file: string, readonly line: number }[]} files
 * @param {number} edits
 */
async function type(root, files, edits) {
  const client = new Client(bundle);
  await client.start(root, true);
  const open = files.map(({ file, line }) => ({ document: new Open(client, file), line }));
  for (const { document } of open) await document.diagnostics();
  await client.ask('workspace/diagnostic', { previousResultIds: [] });
  const pause = pauses();
  /** @type {Record<'body' | 'module' | 'fix' | 'hover', number[]>} */
  const times = { body: [], module: [], fix: [], hover: [] };
  const memoryMb = [];
  let done = -WARM_UP;
  while (done < edits) {
    for (const { document, line } of open) {
      for (const key of typed(document.text, line)) {
        if (done >= edits) break;
        document.change(key.start, key.end, key.text);
        const time = await timed(() => document.diagnostics());
        if (done >= 0) times[key.kind].push(time);
        if (done >= 0 && done % Math.ceil(edits / 4) === 0) memoryMb.push(client.memory());
        done++;
        await pause();
      }
      for (let i = 0; i < 4; i++) {
        times.hover.push(await timed(() => document.hover({ line, character: 12 })));
        await pause();
        document.change(0, 0, '#\n');
        times.fix.push(await timed(() => document.fixAll()));
        await pause();
        document.change(0, 2, '');
        times.fix.push(await timed(() => document.fixAll()));
      }
      await document.diagnostics();
    }
  }
  memoryMb.push(client.memory());
  await client.stop();
  return {
    edits,
    keystrokeMs: percentiles(times.body),
    moduleEditMs: percentiles(times.module),
    fixOnSaveMs: percentiles(times.fix),
    hoverMs: percentiles(times.hover),
    memoryMb,
  };
}

/**
 * What a client waits for that is told unasked: edits that move findings, each told by the number of its version.
 * @param {string} root
 * @param {readonly { readonly file: string, readonly line: number }[]} files
 * @param {number} edits
 */
async function push(root, files, edits) {
  const client = new Client(bundle);
  await client.start(root, false);
  const open = [];
  for (const { file } of files) {
    const document = new Open(client, file);
    await client.told(document.uri, 1);
    open.push(document);
  }
  const pause = pauses();
  const times = [];
  for (let i = 0; i < edits; i++) {
    const document = open[i % open.length];
    if (document === undefined) break;
    const taken = Math.floor(i / open.length) % 2 === 1;
    document.change(0, taken ? 2 : 0, taken ? '' : '#\n');
    times.push(await timed(() => client.told(document.uri, document.version)));
    await pause();
  }
  await client.stop();
  return percentiles(times);
}

/** Pauses between keys, 50 to 200 ms, the same ones each time. */
function pauses() {
  let state = 7;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return new Promise((resolve) => setTimeout(resolve, 50 + (state % 150)));
  };
}

/** @param {() => Promise<unknown>} run */
async function timed(run) {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

/**
 * @param {readonly number[]} times
 * @returns {Times}
 */
function percentiles(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (/** @type {number} */ part) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
  return { p50: at(0.5), p95: at(0.95), count: times.length };
}
