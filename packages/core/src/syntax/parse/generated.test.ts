import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseValid, parseWithGrammar, PythonParser } from '../index.ts';
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
});
