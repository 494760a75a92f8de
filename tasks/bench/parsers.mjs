#!/usr/bin/env node
// Compares the fast parser with the grammar on every Python file below the given folders, and says how fast both are.
//   node tasks/bench/parsers.mjs FOLDER...        needs `npx tsc -b`
// Each difference is a line `path:offset: where: fast | grammar`; `gave up` names the files that the fast parser leaves to the
// grammar although the grammar finds nothing wrong with them. Fails when there are differences.
import fs from 'node:fs';
import path from 'node:path';
import { decode, parseValid, parseWithGrammar, PythonParser } from '../../packages/core/dist/index.js';
import { differences } from './compare.mjs';

function* pythonFiles(root) {
  for (const entry of fs
    .readdirSync(root, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = path.join(root, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules' && entry.name !== '.git') yield* pythonFiles(file);
    } else if (entry.name.endsWith('.py')) yield file;
  }
}

const texts = [];
for (const root of process.argv.slice(2)) {
  for (const file of pythonFiles(root)) {
    const decoded = decode(file, fs.readFileSync(file));
    if (decoded.ok) texts.push([file, decoded.file.text]);
  }
}
const parser = await PythonParser.load();
const seconds = { fast: 0, grammar: 0 };
const counts = { differ: 0, gaveUp: 0, broken: 0, units: 0 };

function timed(side, work) {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  seconds[side] += (user + system) / 1e6;
  return result;
}

for (const [file, text] of texts) {
  const fast = timed('fast', () => parseValid(text));
  const grammar = timed('grammar', () => parseWithGrammar(parser, text));
  counts.units += text.length;
  if (fast === null) {
    if (grammar.errors.length > 0) counts.broken++;
    else {
      counts.gaveUp++;
      console.log(`${file}: gave up`);
    }
    continue;
  }
  const found = differences(fast, grammar);
  if (found.length > 0) counts.differ++;
  for (const line of found) console.log(`${file}:${line}`);
}
const mb = counts.units / 1e6;
console.log(
  `${texts.length} files, ${mb.toFixed(1)} million characters: ${counts.differ} differ, ${counts.gaveUp} given up without an error, ${counts.broken} with one`,
);
for (const side of ['fast', 'grammar'])
  console.log(`${side}: ${(mb / seconds[side]).toFixed(1)} million characters/s of CPU`);
process.exitCode = counts.differ > 0 ? 1 : 0;
