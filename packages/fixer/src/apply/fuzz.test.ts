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

/** Line breaks of another kind than the file's, outside strings that had them before. */
function foreignBreaks(text: string, newline: string): number {
  return (
    text
      .split(newline)
      .join('')
      .match(/[\r\n]/g)?.length ?? 0
  );
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
        expect(outcome.skipped, text).toEqual([]);
        expect([...comments(after)].sort(), after).toEqual([...comments(text)].sort());
        expect(foreignBreaks(after, newline), JSON.stringify(after)).toBe(foreignBreaks(text, newline));
        expect(/[\r\n]$/.test(after)).toBe(/[\r\n]$/.test(text));
        expect(fixAll(session, { unsafe: true }).applied, after).toEqual([]);
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
