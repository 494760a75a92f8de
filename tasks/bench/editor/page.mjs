import os from 'node:os';
import { writeBlock } from '../block.mjs';

/** @typedef {Awaited<ReturnType<typeof import('./measure.mjs').measure>>} Result */

/**
 * Puts the table into docs/performance.md; the rest of the page stays.
 * @param {readonly Result[]} results
 */
export function writeTable(results) {
  writeBlock('editor', section(results));
}

/** @param {readonly Result[]} results */
function section(results) {
  const pair = (/** @type {Result['pushMs']} */ { p50, p95 }) => `${p50} / ${p95}`;
  const seconds = (/** @type {number} */ ms) => (ms / 1000).toFixed(1);
  /** @type {readonly (readonly [string, (result: Result) => string])[]} */
  const rows = [
    ['cold `check` (s)', ({ checkMs }) => seconds(checkMs)],
    ['first findings of an open file (s)', ({ firstFileMs }) => seconds(firstFileMs)],
    ['first findings of everything (s)', ({ firstIndexMs }) => seconds(firstIndexMs)],
    ['key in a function to its diagnostics, asked for', ({ keystrokeMs }) => pair(keystrokeMs)],
    ['the same, told unasked', ({ pushMs }) => pair(pushMs)],
    ['an import that comes or goes', ({ moduleEditMs }) => pair(moduleEditMs)],
    ['fixes on save, right behind an edit', ({ fixOnSaveMs }) => pair(fixOnSaveMs)],
    ['hover', ({ hoverMs }) => pair(hoverMs)],
    ['memory as edits go on (MB)', ({ memoryMb }) => memoryMb.join(', ')],
  ];
  const cells = [
    ['', ...results.map(({ tree, findings }) => `${tree}, ${findings} findings`)],
    ['---', ...results.map(() => '---')],
    ...rows.map(([name, of]) => [name, ...results.map(of)]),
  ];
  return `## In the editor

Written by \`node tasks/bench/editor.mjs\`.

${cells.map((row) => `| ${row.join(' | ')} |`).join('\n')}

Milliseconds are p50 / p95. Node ${process.versions.node}, ${os.cpus().length} cores (${(os.cpus()[0]?.model ?? '').trim()}); each tree ${results[0]?.edits ?? 0} edits in
twelve files, typed with pauses of 50 to 200 ms, so that a key finds the server judging the rest of the program after the last one. Times run from the
client's notification of the edit to the answer it gets: what the server waits for keys that are hit together is in them. The keys are those of
tasks/bench/editor/typing.mjs: about half of them leave the text broken on the way. A hundred edits before are not counted:
the server is warm. Memory is that of the process, before the edits and after each quarter of them.`;
}
