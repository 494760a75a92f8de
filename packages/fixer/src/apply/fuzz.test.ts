import { parseModule, PythonParser } from '@danglint/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { program } from '../testing/arbitrary.ts';
import { escapeRule, sessionOf } from '../testing/program.ts';
import { pythonErrors } from '../testing/python.ts';
import { fixAll } from './fix-all.ts';

const parser = await PythonParser.load();
const PATH = 'app/code.py';
const RUNS = 40;

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

describe('generated programs', () => {
  const programs = fc
    .sample(program, { seed: 20_26, numRuns: RUNS })
    .filter(({ text }, i, all) => all.findIndex((other) => other.text === text) === i);
  const valid = pythonErrors(programs.map(({ text }) => text)).map((error) => error === null);

  it.each(['first', 'try'] as const)(
    'are fixed well, style %s',
    async (style) => {
      const fixed: { readonly before: string; readonly after: string }[] = [];
      let applied = 0;
      for (const [i, { text, newline }] of programs.entries()) {
        if (valid[i] !== true) continue;
        const rules = [escapeRule('continue', 'http-404', 'getter-none', 'first', 'try-except')];
        const fix = {
          style,
          logger: 'logger',
          logLevel: 'info',
          logKey: '{model}.not_found',
          notFound: 'return',
        } as const;
        const session = await sessionOf({ [PATH]: text }, { rules, fix });
        const outcome = fixAll(session, { unsafe: true });
        const after = session.source(PATH)?.text ?? '';
        applied += outcome.applied.length;
        fixed.push({ before: text, after });
        const again = fixAll(session, { unsafe: true }).applied.length;
        expect({ shape: shapeOf(after, newline), after, skipped: outcome.skipped, again }).toEqual({
          shape: shapeOf(text, newline),
          after,
          skipped: [],
          again: 0,
        });
      }
      const errors = pythonErrors(fixed.map(({ after }) => after)).flatMap((error, i) =>
        error === null ? [] : [`${error}\n${fixed[i]?.before}\n-----\n${fixed[i]?.after}`],
      );
      expect(errors).toEqual([]);
      expect(valid.filter(Boolean).length).toBeGreaterThan(RUNS / 2);
      expect(applied).toBeGreaterThan(RUNS);
    },
    120_000,
  );
});
