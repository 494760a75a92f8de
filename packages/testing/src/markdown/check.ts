import type { Analyse, Analysis, FixLevel } from '../harness/analysis.ts';
import { changedFiles, type Program } from '../harness/program.ts';
import { marked } from '../harness/runner.ts';
import { compare } from './compare.ts';
import type { Example, FixBlock } from './examples.ts';
import type { Expectation } from './expectations.ts';
import { applyShownDiff } from './shown-diff.ts';

/** Everything in which an example and what danglint makes of it differ, in words; empty when they agree. */
export async function checkExample(example: Example, analyse: Analyse): Promise<readonly string[]> {
  const analysis = await analyse(example.program);
  const problems = [...roleProblems(example), ...compare(analysis.findings, example.expectations)];
  for (const level of ['safe', 'unsafe'] as const) {
    const blocks = example.fixes.filter((fix) => fix.level === level);
    if (blocks.length > 0) problems.push(...(await checkFix(example, blocks, level, analysis, analyse)));
  }
  return problems;
}

function roleProblems({ role, expectations }: Example): string[] {
  const announced = expectations.filter(({ kind }) => kind !== 'miss').length;
  if (role === 'flagged' && announced === 0) return ['stands under "Example" but announces no finding'];
  if (role === 'silent' && announced > 0) return ['stands under "Use instead" but announces a finding'];
  return [];
}

async function checkFix(
  { program, expectations }: Example,
  blocks: readonly FixBlock[],
  level: FixLevel,
  analysis: Analysis,
  analyse: Analyse,
): Promise<string[]> {
  const { programs, skipped } = await analysis.fix(level);
  const fixed = programs.at(-1);
  if (fixed === undefined) return [`no ${level} fix is applied: ${whyNot(analysis, skipped)}`];
  const problems = blocks.flatMap((block) => differences(block, program, fixed));
  const changed = changedFiles(program, fixed);
  for (const path of changed.keys()) {
    if (!blocks.some((block) => block.path === path))
      problems.push(`the fix changes ${path} too, which no block shows`);
  }
  if (level === 'unsafe' && changedFiles(program, await lastPass(analysis, program)).size > 0) {
    problems.push('announced as unsafe, but safe fixes change this program already');
  }
  const after = [
    ...expectations.filter(({ path }) => !blocks.some((block) => block.path === path)),
    ...blocks.flatMap((block): readonly Expectation[] => block.expectations),
  ];
  const again = await analyse(fixed);
  return [...problems, ...compare(again.findings, after).map((problem) => `after the fix: ${problem}`)];
}

async function lastPass(analysis: Analysis, program: Program): Promise<Program> {
  return (await analysis.fix('safe')).programs.at(-1) ?? program;
}

function whyNot({ findings }: Analysis, skipped: readonly string[]): string {
  const reasons = findings.flatMap(({ ruleId, fixes, refusals }) => [
    ...fixes.map(
      ({ recipe, applicability, why }) => `[${ruleId}] ${recipe} is ${applicability} (${why ?? 'no reason'})`,
    ),
    ...refusals.map((refusal) => `[${ruleId}] ${refusal}`),
  ]);
  const all = [...skipped, ...reasons];
  return all.length === 0 ? 'no finding has a fix' : all.join('; ');
}

function differences({ kind, path, text, line }: FixBlock, before: Program, after: Program): string[] {
  const actual = after.get(path) ?? '';
  const shown = kind === 'text' ? { ok: true as const, text } : applyShownDiff(before.get(path) ?? '', text);
  if (!shown.ok) return [`line ${line}: ${shown.problem}`];
  if (shown.text === actual) return [];
  return [
    `line ${line}: the fix of ${path} gives another text\n${marked('shown', shown.text)}\n${marked('given', actual)}`,
  ];
}
