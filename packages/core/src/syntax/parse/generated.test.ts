import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { moduleChange, parseModule, parseValid, parseWithGrammar, PythonParser } from '../index.ts';
import { arbitraryModule } from '../testing/arbitrary-module.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await PythonParser.load();
});

describe('generated modules', () => {
  it('have the tree that the grammar gives', () => {
    fc.assert(
      fc.property(arbitraryModule, (source) => {
        expect(parseValid(source)).toStrictEqual(parseWithGrammar(parser, source));
      }),
      { seed: 11, numRuns: 250, endOnFailure: true },
    );
  });

  it('stay what they are around a function that is broken', () => {
    const broken = fc.constantFrom(
      'x = f(',
      'x = [a, (',
      'if a',
      'x =',
      `x = 'a`,
      'x = """',
      'for',
      ')',
      'def',
    );
    fc.assert(
      fc.property(arbitraryModule, broken, arbitraryModule, (before, line, after) => {
        const around = (body: string): string =>
          `${before}\ndef typed(a):\n    b = a\n    ${body}\n    return b\n\ndef next():\n    pass\n${after}`;
        const whole = parseValid(around('pass'));
        const { body } = parseModule(parser, around(line));
        const change = moduleChange(whole?.body ?? [], body);
        expect(change?.bodies.map(({ before: { name } }) => name)).toEqual(['typed']);
      }),
      { seed: 12, numRuns: 250, endOnFailure: true },
    );
  });
});
