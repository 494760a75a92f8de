import type { Rule } from '@danglint/core';
import type { Analyse } from '../harness/analysis.ts';
import { programKey, programOf } from '../harness/program.ts';
import { failWith, type TestFramework } from '../harness/runner.ts';
import { analyser, type AnalyserOptions } from '../harness/session.ts';
import type { InvalidCase, RuleCases, ValidCase } from './cases.ts';
import { conductProblems } from './conduct.ts';
import { findingProblems, inWords } from './findings.ts';
import { outputProblems } from './outputs.ts';

export interface RuleTesterOptions extends Partial<Omit<AnalyserOptions, 'rules'>> {
  /** Replaces the real analysis; for tests of the tester. */
  readonly analyse?: Analyse;
}

const OPTIONS = [
  'analyse',
  'recipes',
  'severities',
  'fix',
  'framework',
] as const satisfies readonly (keyof RuleTesterOptions)[];

/**
 * Tests rules on small programs, with the real analysis and the real fixes. Only the given rules run.
 *
 *     const tester = new RuleTester([myRule], { describe, it });
 *     tester.run({ valid: ['...'], invalid: [{ code: '...', errors: [{ line: 3 }], output: '...' }] });
 */
export class RuleTester {
  readonly #rules: readonly Rule[];
  readonly #framework: TestFramework;
  readonly #analyse: Analyse;

  constructor(rules: readonly Rule[], framework: TestFramework, options: RuleTesterOptions = {}) {
    const strayed = OPTIONS.filter((name) => name in framework);
    if (strayed.length > 0)
      throw new TypeError(
        `RuleTester: ${strayed.join(', ')} in the second argument, which is for describe and it; options are the third`,
      );
    const { analyse, ...rest } = options;
    this.#rules = rules;
    this.#framework = framework;
    this.#analyse = analyse ?? analyser({ ...rest, rules });
  }

  /** Registers one test for each case. */
  run(cases: RuleCases): void {
    const { describe, it } = this.#framework;
    const valid = cases.valid.map((code): ValidCase => (typeof code === 'string' ? { code } : code));
    describe(this.#rules.map(({ meta }) => meta.id).join(', '), () => {
      it('has no case twice', async () => failWith(duplicates([...valid, ...cases.invalid]), 'cases'));
      for (const [i, one] of valid.entries()) {
        it(one.name ?? `valid ${i + 1}`, async () => failWith(await this.checkValid(one), nameOf(one)));
      }
      for (const [i, one] of cases.invalid.entries()) {
        it(one.name ?? `invalid ${i + 1}`, async () => failWith(await this.checkInvalid(one), nameOf(one)));
      }
    });
  }

  /** What is wrong with a valid case, in words; for frameworks that `run` does not fit. */
  async checkValid({ code }: ValidCase): Promise<readonly string[]> {
    const { findings } = await this.#analyse(programOf(code));
    return findings.map((finding) => `reported: ${inWords(finding)}`);
  }

  /** What is wrong with an invalid case, in words. */
  async checkInvalid(one: InvalidCase): Promise<readonly string[]> {
    const input = programOf(one.code);
    const analysis = await this.#analyse(input);
    return [
      ...findingProblems(analysis.findings, one.errors),
      ...conductProblems(
        analysis.findings,
        this.#rules.map(({ meta }) => meta),
      ),
      ...(await outputProblems(one, input, analysis)),
    ];
  }
}

function duplicates(cases: readonly ValidCase[]): string[] {
  const seen = new Map<string, string>();
  return cases.flatMap((one) => {
    const key = programKey(programOf(one.code));
    const before = seen.get(key);
    seen.set(key, nameOf(one));
    return before === undefined ? [] : [`the same code twice: ${before}, and ${nameOf(one)}`];
  });
}

function nameOf({ name, code }: ValidCase): string {
  return name ?? [...programOf(code).values()].join('\n').trim().split('\n').slice(0, 3).join(' ⏎ ');
}
