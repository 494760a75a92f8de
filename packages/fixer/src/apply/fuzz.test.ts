import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { encode, parseModule, PythonParser, type Rule, type Session } from '@danglint/core';
import { rules as allRules } from '@danglint/rules';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { unifiedDiffBytes } from '../diff/unified.ts';
import { type Generated, program } from '../testing/arbitrary.ts';
import { LINKS, observedProgram } from '../testing/observed-arbitrary.ts';
import { escapeRule, sessionOf } from '../testing/program.ts';
import { pythonErrors } from '../testing/python.ts';
import { fixAll } from './fix-all.ts';
import type { FixedFile } from './outcome.ts';

const parser = await PythonParser.load();
const PATH = 'app/code.py';
const RUNS = 80;
const SEEDS = [2026, 4711, 90_210];

const folder = mkdtempSync(join(tmpdir(), 'danglint-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true }));
spawnSync('git', ['init', '-q'], { cwd: folder });

function comments(text: string): readonly string[] {
  return parseModule(parser, text).comments.map((comment) => comment.text);
}

/** What a fix must leave as it is: comments, line breaks of another kind (inside strings), the end of the last line. */
function shapeOf(text: string, newline: string): unknown[] {
  const foreign =
    text
      .split(newline)
      .join('')
      .match(/[\r\n]/g)?.length ?? 0;
  return [[...comments(text)].sort(), foreign, /[\r\n]$/.test(text)];
}

/** True when taking the change of a file back gives the bytes that were there before. */
function canBeUndone({ before, after }: FixedFile): boolean {
  const file = join(folder, before.path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, encode(before, after) ?? '');
  const patch = join(folder, 'change.patch');
  writeFileSync(patch, unifiedDiffBytes(before, after));
  const apply = ['-c', 'core.autocrlf=false', 'apply', '-R', '--whitespace=nowarn', patch];
  const run = spawnSync('git', apply, { cwd: folder });
  return run.status === 0 && readFileSync(file).equals(encode(before, before.text) ?? Buffer.alloc(0));
}

type Style = 'first' | 'try';

function sessionFor({ text, bom }: Generated, style: Style, rules: readonly Rule[]): Promise<Session> {
  const fix = {
    style,
    logger: 'logger',
    logLevel: 'info',
    logKey: '{model}.not_found',
    notFound: 'return',
  } as const;
  return sessionOf({ 'app/links.py': LINKS, [PATH]: (bom ? '\ufeff' : '') + text }, { rules, fix });
}

interface Sample {
  readonly programs: readonly Generated[];
  readonly valid: readonly boolean[];
}

function sample(of: fc.Arbitrary<Generated>, seed: number): Sample {
  const programs = fc
    .sample(of, { seed, numRuns: RUNS })
    .filter(({ text }, i, all) => all.findIndex((other) => other.text === text) === i);
  return { programs, valid: pythonErrors(programs.map(({ text }) => text)).map((error) => error === null) };
}

/** Fixes every program, and holds each against the five promises; gives the recipes of the fixes that were applied. */
async function fixEach({ programs, valid }: Sample, style: Style, rules: readonly Rule[]): Promise<string[]> {
  const fixed: { readonly before: string; readonly after: string }[] = [];
  const applied: string[] = [];
  for (const [i, one] of programs.entries()) {
    if (valid[i] !== true) continue;
    const session = await sessionFor(one, style, rules);
    const outcome = fixAll(session, { unsafe: true });
    const after = session.source(PATH)?.text ?? '';
    applied.push(...outcome.applied.map(({ recipe }) => recipe));
    fixed.push({ before: one.text, after });
    const undone = outcome.files.every(canBeUndone);
    const again = fixAll(session, { unsafe: true }).applied.length;
    expect({
      shape: shapeOf(after, one.newline),
      bom: session.source(PATH)?.bom,
      after,
      broken: outcome.skipped.filter(({ reason }) => !/new finding/.test(reason)),
      unfinished: outcome.unfinished,
      undone,
      again,
    }).toEqual({
      shape: shapeOf(one.text, one.newline),
      bom: one.bom,
      after,
      broken: [],
      unfinished: false,
      undone: true,
      again: 0,
    });
  }
  const errors = pythonErrors(fixed.map(({ after }) => after)).flatMap((error, i) =>
    error === null ? [] : [`${error}\n${fixed[i]?.before}\n-----\n${fixed[i]?.after}`],
  );
  expect(errors).toEqual([]);
  expect(valid.filter(Boolean).length).toBeGreaterThan(RUNS / 2);
  expect(applied.length).toBeGreaterThan(RUNS);
  return applied;
}

/** Recipes that such programs need. */
const EVERY = [
  'skip',
  'none-guard',
  'first-guard',
  'map-get',
  'dead-none-check',
  'dead-handler',
  'right-class',
  'drop-reraise',
  'narrow-handler',
  'filter-delete',
  'raw-id',
  'attribute-default',
  'on-commit',
  'object-does-not-exist',
];

const LOOKUP_RULE = [escapeRule('continue', 'http-404', 'getter-none', 'first', 'try-except')];

describe.each(SEEDS)('generated programs of seed %i', (seed) => {
  const lookups = sample(program, seed);
  it.each(['first', 'try'] as const)(
    'are fixed well, style %s',
    async (style) => {
      await fixEach(lookups, style, LOOKUP_RULE);
    },
    240_000,
  );

  it('are fixed well with findings of every kind', async () => {
    const applied = await fixEach(sample(observedProgram, seed), 'first', allRules);
    expect(EVERY.filter((recipe) => !applied.includes(recipe))).toEqual([]);
  }, 240_000);
});
