import type { Analysis, FixLevel } from '../harness/analysis.ts';
import { changedFiles, type Program, programOf, type Source } from '../harness/program.ts';
import { marked } from '../harness/runner.ts';
import type { InvalidCase, Output } from './cases.ts';

/** In which points the fixes of a case differ from its `output` and `unsafeOutput`, in words. */
export async function outputProblems(
  { output, unsafeOutput, errors }: InvalidCase,
  input: Program,
  analysis: Analysis,
): Promise<readonly string[]> {
  const announced = (level: FixLevel): Output | undefined => (level === 'safe' ? output : unsafeOutput);
  const problems: string[] = [];
  let before: readonly Program[] = [];
  for (const level of ['safe', 'unsafe'] as const) {
    const { programs: passes, skipped } = await analysis.fix(level);
    const name = level === 'safe' ? 'output' : 'unsafeOutput';
    const expected = announced(level);
    if (expected === undefined) {
      const news = level === 'safe' ? passes.length > 0 : !samePasses(passes, before);
      if (news)
        problems.push(
          `${level} fixes change the code, but the case has no ${name}:\n${shown(input, passes)}`,
        );
    } else
      problems.push(
        ...passProblems(passesOf(expected), input, passes).map((problem) => `${name}: ${problem}`),
      );
    before = passes;
    problems.push(...skipped);
  }
  if (errors.length === 0) problems.push('an invalid case needs at least one error');
  return problems;
}

function passesOf(output: Output): readonly Source[] {
  return isList(output) ? output : [output];
}

function isList(output: Output): output is readonly Source[] {
  return Array.isArray(output);
}

function passProblems(expected: readonly Source[], input: Program, actual: readonly Program[]): string[] {
  const problems: string[] = [];
  let before = input;
  for (const [i, source] of expected.entries()) {
    const shouldChange = programOf(source);
    const change = changedFiles(before, new Map([...before, ...shouldChange]));
    if (change.size === 0) problems.push(`pass ${i + 1} is equal to what it starts from; leave it out`);
    const after = actual[i];
    if (after === undefined) {
      problems.push(
        `there is no pass ${i + 1}: ${i === 0 ? 'nothing is fixed' : 'the code is stable before it'}`,
      );
      break;
    }
    const given = changedFiles(before, after);
    if (!sameProgram(given, shouldChange))
      problems.push(`pass ${i + 1} gives\n${filesIn(given)}\nexpected\n${filesIn(shouldChange)}`);
    before = after;
  }
  if (actual.length > expected.length)
    problems.push(`there is a pass more than listed:\n${shown(before, actual.slice(expected.length))}`);
  return problems;
}

function sameProgram(a: Program, b: Program): boolean {
  return a.size === b.size && [...a].every(([path, text]) => b.get(path) === text);
}

function samePasses(a: readonly Program[], b: readonly Program[]): boolean {
  return a.length === b.length && a.every((program, i) => sameProgram(program, b[i] ?? new Map()));
}

function shown(input: Program, passes: readonly Program[]): string {
  const last = passes.at(-1);
  return last === undefined ? '' : filesIn(changedFiles(input, last));
}

function filesIn(program: Program): string {
  return [...program].map(([path, text]) => marked(path, text)).join('\n');
}
