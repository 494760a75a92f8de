/**
 * How long an editor waits: the built server over standard input and output, driven by a client of its own.
 *
 *   node tasks/bench/editor.mjs FOLDER... [--edits 1000] [--write]
 *
 * FOLDER is a tree such as .trees/pretix-2026.8.0. Prints, as JSON: a cold `check` beside the time to the first findings of a file and
 * of the whole program; percentiles from the notification of an edit to its diagnostics (asked for, and told unasked), of fixes on
 * save asked for right behind an edit, and of hover; the memory of the process as the edits go on. `--write` puts the table into
 * docs/performance.md.
 */
import { parseArgs } from 'node:util';
import { measure } from './editor/measure.mjs';
import { writeTable } from './editor/page.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { edits: { type: 'string', default: '1000' }, write: { type: 'boolean', default: false } },
});

const results = [];
for (const folder of positionals) {
  const result = await measure(folder, Number(values.edits));
  console.log(JSON.stringify(result, null, 2));
  results.push(result);
}
if (values.write) writeTable(results);
