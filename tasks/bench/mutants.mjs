#!/usr/bin/env node
// Breaks real files one token at a time and asks both parsers and CPython about the result.
//   node tasks/bench/mutants.mjs [--count N] [--seed N] FOLDER...     needs `npx tsc -b`; DANGLINT_PYTHON names the interpreter
// The fast parser must not accept what CPython refuses, unless the grammar finds no error there either, and where it accepts
// its tree must be the grammar's. What is read around the broken places must have no error where CPython finds none. Prints every
// case of the opposite and fails when there is one; `missed` are texts in which the grammar finds errors only when it reads all of them.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import {
  decode,
  parseModule,
  parseValid,
  parseWithGrammar,
  PythonParser,
} from '../../packages/core/dist/index.js';
import { differences } from './compare.mjs';
import { excerpt, mutate, random } from './mutate.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { count: { type: 'string', default: '5000' }, seed: { type: 'string', default: '1' } },
});
const PYTHON = process.env.DANGLINT_PYTHON ?? 'python3';
const BATCH = 500;

const ACCEPTS = `
import ast, json, sys, warnings
warnings.simplefilter("ignore")
for text in json.load(sys.stdin):
    try:
        ast.parse(text)
        print("ok")
    except Exception as error:
        print(repr(error)[:150])
`;

/** What CPython says of each text: \`ok\`, or its error. */
function cpython(texts) {
  const { stdout, stderr, status } = spawnSync(PYTHON, ['-c', ACCEPTS], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout.trimEnd().split('\n');
}

const texts = [];
for (const root of positionals) {
  for (const name of fs.readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!name.endsWith('.py')) continue;
    const decoded = decode(name, fs.readFileSync(path.join(root, name)));
    if (decoded.ok) texts.push(decoded.file.text);
  }
}

const next = random(Number(values.seed));
const parser = await PythonParser.load();
const counts = { mutants: 0, accepted: 0, wrong: 0, differ: 0, missed: 0, gaveUp: 0, valid: 0 };
for (let at = 0; at < Number(values.count); at += BATCH) {
  const batch = Array.from({ length: BATCH }, () => mutate(excerpt(texts[next(texts.length)], next), next));
  const verdicts = cpython(batch.map(({ text }) => text));
  for (const [i, { text, about }] of batch.entries()) judge(text, about, verdicts[i]);
}

function judge(text, about, verdict) {
  counts.mutants++;
  if (verdict === 'ok') counts.valid++;
  const fast = parseValid(text);
  if (fast === null) {
    if (verdict === 'ok') {
      counts.gaveUp++;
      console.log(`gave up: ${about}`);
    }
    around(text, about, verdict);
    return;
  }
  counts.accepted++;
  const grammar = parseWithGrammar(parser, text);
  if (verdict !== 'ok') {
    console.log(`${grammar.errors.length > 0 ? 'WRONG' : 'both'}: ${verdict}: ${about}`);
    if (grammar.errors.length > 0) counts.wrong++;
  } else if (grammar.errors.length > 0) {
    console.log(`grammar wrong: ${about}`);
  } else {
    const found = differences(fast, grammar, 1);
    if (found.length > 0) counts.differ++;
    for (const line of found) console.log(`differs: ${line}: ${about}`);
  }
}
/** What is read around the broken places, beside what the grammar says of the whole text. */
function around(text, about, verdict) {
  const [found, whole] = [parseModule(parser, text), parseWithGrammar(parser, text)].map(
    ({ errors }) => errors.length > 0,
  );
  if (found === whole || (found && verdict !== 'ok')) return;
  if (found) counts.wrong++;
  else counts.missed++;
  console.log(`${found ? 'WRONG, no error' : `MISSED: ${verdict}`}: ${about}`);
}

console.log(JSON.stringify(counts));
process.exitCode = counts.wrong > 0 ? 1 : 0;
