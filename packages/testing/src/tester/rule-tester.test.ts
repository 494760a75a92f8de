import { defineRule } from '@danglint/core';
import { describe, expect, it } from 'vitest';
import type { Analysis, Finding, FixSummary } from '../harness/analysis.ts';
import { ONLY_FILE } from '../harness/program.ts';
import { RuleTester } from './rule-tester.ts';

const meta = {
  id: 'a-rule',
  code: 'DNE999',
  summary: 'a rule',
  since: '0.1.0',
  severity: 'warning',
  fix: 'sometimes',
  origins: [],
  precedence: 1,
  docs: 'docs/rules/a-rule.md',
} as const;

const SAFE: FixSummary = { title: 'Fix it', recipe: 'first', applicability: 'safe', why: null };
const UNSAFE: FixSummary = { ...SAFE, applicability: 'unsafe', why: '`slug` is not unique' };

const FINDING: Finding = {
  ruleId: 'a-rule',
  code: 'DNE999',
  severity: 'warning',
  confidence: 'high',
  path: ONLY_FILE,
  line: 2,
  column: 5,
  message: '`X` row may be gone',
  help: 'answer it',
  labels: ['the key is an argument', 'reached from task `t`'],
  fixes: [],
  refusals: [],
};

interface Fake {
  readonly findings?: readonly Finding[];
  readonly safe?: readonly string[];
  readonly unsafe?: readonly string[];
  readonly fix?: 'always' | 'sometimes' | 'none';
}

/** A tester whose analysis always gives the same answer. */
function testerOf({ findings = [], safe = [], unsafe = safe, fix = 'sometimes' }: Fake): RuleTester {
  const pass = (text: string) => new Map([[ONLY_FILE, text]]);
  const analysis: Analysis = {
    findings,
    fix: async (level) => ({ programs: (level === 'safe' ? safe : unsafe).map(pass), skipped: [] }),
  };
  const rule = defineRule({ meta: { ...meta, fix }, lookup: () => null });
  return new RuleTester([rule], { describe: () => {}, it: () => {} }, { analyse: async () => analysis });
}

describe('RuleTester', () => {
  it('accepts a finding that is as expected', async () => {
    const error = {
      line: 2,
      column: 5,
      message: /may be gone/,
      help: 'answer it',
      labels: [/argument/, /task `t`/],
      fix: 'none',
    } as const;
    expect(await testerOf({ findings: [FINDING] }).checkInvalid({ code: 'x\n', errors: [error] })).toEqual(
      [],
    );
  });

  it('names every difference', async () => {
    const errors = [
      { line: 3, severity: 'error', message: 'gone', labels: [/task/, /argument/] },
      {},
    ] as const;
    expect(await testerOf({ findings: [FINDING] }).checkInvalid({ code: 'x\n', errors })).toEqual([
      'error 1: line is 2, expected 3',
      'error 1: severity is warning, expected error',
      'error 1: message is "`X` row may be gone", expected gone',
      'error 1: no label /argument/ (in this order) among ["the key is an argument","reached from task `t`"]',
      'error 2 is not reported',
    ]);
  });

  it('refuses findings that nobody expects, also in valid cases', async () => {
    const tester = testerOf({ findings: [FINDING] });
    expect(await tester.checkValid({ code: 'x\n' })).toEqual([
      'reported: example.py:2:5 warning [a-rule] `X` row may be gone',
    ]);
    expect(await tester.checkInvalid({ code: 'x\n', errors: [] })).toHaveLength(2);
  });

  it('checks output, pass by pass', async () => {
    const tester = testerOf({ findings: [{ ...FINDING, fixes: [SAFE] }], safe: ['b\n', 'c\n'] });
    expect(await tester.checkInvalid({ code: 'a\n', errors: [{}], output: ['b\n', 'c\n'] })).toEqual([]);
    const [problem] = await tester.checkInvalid({ code: 'a\n', errors: [{}], output: 'b\n' });
    expect(problem).toMatch(/^output: there is a pass more than listed/);
    const [other] = await tester.checkInvalid({ code: 'a\n', errors: [{}], output: ['x\n', 'c\n'] });
    expect(other).toMatch(/^output: pass 1 gives\n {2}--- example.py\n {2}\| b/);
  });

  it('refuses fixes that the case does not announce', async () => {
    const tester = testerOf({ findings: [{ ...FINDING, fixes: [SAFE] }], safe: ['b\n'] });
    const [problem] = await tester.checkInvalid({ code: 'a\n', errors: [{}] });
    expect(problem).toMatch(/^safe fixes change the code, but the case has no output/);
    const unsafe = testerOf({ findings: [{ ...FINDING, fixes: [UNSAFE] }], unsafe: ['b\n'] });
    expect(
      await unsafe.checkInvalid({ code: 'a\n', errors: [{ fix: 'unsafe' }], unsafeOutput: 'b\n' }),
    ).toEqual([]);
    expect(await unsafe.checkInvalid({ code: 'a\n', errors: [{}] })).toHaveLength(1);
  });

  it('refuses an output equal to its input, and one that nothing gives', async () => {
    const tester = testerOf({ findings: [FINDING] });
    expect(await tester.checkInvalid({ code: 'a\n', errors: [{}], output: 'a\n' })).toEqual([
      'output: pass 1 is equal to what it starts from; leave it out',
      'output: there is no pass 1: nothing is fixed',
    ]);
  });

  it('holds rules to message style and to their meta', async () => {
    const loud = testerOf({ findings: [{ ...FINDING, message: 'X row may be gone.' }] });
    expect(await loud.checkInvalid({ code: 'a\n', errors: [{}] })).toEqual([
      '[a-rule] the message does not begin in lower case: X row may be gone.',
    ]);
    const broken = testerOf({ findings: [{ ...FINDING, fixes: [{ ...UNSAFE, why: null }] }], fix: 'none' });
    expect(await broken.checkInvalid({ code: 'a\n', errors: [{}] })).toEqual([
      '[a-rule] has a fix, but its meta says `none`',
      'the unsafe fix of first does not say why',
    ]);
    const lazy = testerOf({ findings: [{ ...FINDING, refusals: ['first refused: no'] }], fix: 'always' });
    expect(await lazy.checkInvalid({ code: 'a\n', errors: [{}] })).toEqual([
      '[a-rule] has no fix, but its meta says `always`: first refused: no',
    ]);
  });

  it('registers a test a case, and refuses a case that is there twice', async () => {
    const tests = new Map<string, () => Promise<void>>();
    const framework = {
      describe: (_name: string, body: () => void) => body(),
      it: (name: string, body: () => Promise<void>) => tests.set(name, body),
    };
    const rule = defineRule({ meta, lookup: () => null });
    const analyse = async (): Promise<Analysis> => ({
      findings: [],
      fix: async () => ({ programs: [], skipped: [] }),
    });
    new RuleTester([rule], framework, { analyse }).run({
      valid: ['a\n', { name: 'again', code: { [ONLY_FILE]: 'a\n' } }],
      invalid: [{ code: 'b\n', errors: [{}] }],
    });
    expect([...tests.keys()]).toEqual(['has no case twice', 'valid 1', 'again', 'invalid 1']);
    await expect(tests.get('has no case twice')?.()).rejects.toThrow('the same code twice');
    await expect(tests.get('valid 1')?.()).resolves.toBeUndefined();
    await expect(tests.get('invalid 1')?.()).rejects.toThrow('error 1 is not reported');
  });
});

it('options among describe and it are refused, not ignored', () => {
  const strayed = { describe, it, recipes: new Map(), severities: new Map() };
  expect(() => new RuleTester([], strayed)).toThrow(
    'RuleTester: recipes, severities in the second argument, which is for describe and it; options are the third',
  );
});
