import * as fc from 'fast-check';
import { describe, test } from 'vitest';
import { fateText, type Files, sessionOf } from '../session/testing/program.ts';
import type { Judgement } from './index.ts';
import { programs } from './testing/arbitrary-program.ts';
import { type Node, nodesOf, type RandomProgram, targetOf } from './testing/random-program.ts';
import { type Names, PLAIN, render } from './testing/render-program.ts';
import { type Outcome, type Seen, seenOf } from './testing/run-program.ts';

/** `SEED=1 RUNS=5000 vitest ...` looks further than every run does. */
const SEED = Number(process.env['SEED'] ?? 20240731);
const RUNS = Number(process.env['RUNS'] ?? 250);

/** Holds what finds no problem in random programs; the smallest program with one is printed. */
async function holds<T>(
  inputs: fc.Arbitrary<T>,
  runs: number,
  program: (input: T) => RandomProgram,
  problems: (input: T) => Promise<readonly string[]>,
): Promise<void> {
  const property = fc.asyncProperty(inputs, async (input) => {
    const found = await problems(input);
    if (found.length > 0) throw new Error([...found, show(program(input))].join('\n'));
  });
  await fc.assert(property, { seed: SEED, numRuns: Math.ceil(runs) });
}

function show(program: RandomProgram): string {
  const files = [...render(program)].filter(([path]) => path.includes('work'));
  return files.map(([path, text]) => `#### ${path}\n${text.slice(text.indexOf('\n\n\n'))}`).join('\n');
}

/** Judgements by the slug that their lookup asks for, which names the lookup. */
async function judged(files: Files): Promise<Map<string, Judgement>> {
  const session = await sessionOf(files);
  const named = session.judgements().map((judgement): [string, Judgement] => {
    const slug = judgement.lookup.call?.args.find((arg) => arg.name === 'slug')?.value;
    return [slug?.kind === 'Constant' ? slug.value : '?', judgement];
  });
  return new Map(named);
}

/** A judgement as far as it may not depend on how files are called or ordered. */
function told({ verdict, origins, confidence, lookup }: Judgement): string {
  return `${fateText(verdict, lookup.host.function)} [${origins.map(({ kind }) => kind).join(' ')}] ${confidence}`;
}

async function toldOf(files: Files): Promise<string[]> {
  return [...(await judged(files))].map(([name, judgement]) => `${name}: ${told(judgement)}`).sort();
}

/** Lines that only one of two lists has. */
function differences(a: readonly string[], b: readonly string[]): string[] {
  const only = (from: readonly string[], other: readonly string[], sign: string): string[] => {
    const known = new Set(other);
    return from.filter((line) => !known.has(line)).map((line) => `${sign} ${line}`);
  };
  return [...only(a, b, '-'), ...only(b, a, '+')];
}

function lookupsOf(
  program: RandomProgram,
): { readonly name: string; readonly node: Node; readonly fn: number }[] {
  return program.fns.flatMap(({ body }, fn) =>
    nodesOf(body)
      .filter((node) => node.kind === 'lookup')
      .map((node, i) => ({ name: `f${fn}_${i}`, node, fn })),
  );
}

function expectedKind(outcomes: readonly Outcome[]): Outcome['kind'] {
  const kinds = new Set(outcomes.map(({ kind }) => kind));
  return kinds.has('escapes') ? 'escapes' : kinds.has('contained') ? 'contained' : 'handled';
}

/** The functions on a verdict's way, the lookup's own first, each once in a row; lambdas and decorators add none. */
function wayOf({ verdict, lookup }: Judgement): string[] {
  const path = verdict.kind === 'guaranteed' ? [] : verdict.path.map((hop) => hop.function);
  return [lookup.host.function, ...path].filter((name, i, all) => name !== all[i - 1] && name !== 'attempt');
}

function calls(program: RandomProgram, from: number, to: string): boolean {
  const body = program.fns[from]?.body ?? [];
  return nodesOf(body).some((node) => node.kind === 'call' && `f${targetOf(program, from, node)}` === to);
}

/** What an interpreter finds that the verdict does not say, or says otherwise. */
function contradictions(
  program: RandomProgram,
  judgement: Judgement,
  fn: number,
  { outcomes, origins }: Seen,
): string[] {
  const { verdict } = judgement;
  const kinds = new Set<string>(judgement.origins.map(({ kind }) => kind));
  const unanswered = outcomes.flatMap((outcome) => (outcome.kind === 'escapes' ? [outcome.key] : []));
  const unseen = [...kinds].filter((kind) => ![...origins].some((seen) => seen === kind));
  if (unseen.length > 0) return [`its keys are never ${unseen.join()}`];
  const unsaid = unanswered.filter((key) => !kinds.has(key));
  if (unsaid.length > 0) return [`${unsaid.join()} is a key that escapes`];
  const expected = expectedKind(outcomes);
  if (verdict.kind !== expected) return [`it is ${expected}`];
  const way = wayOf(judgement);
  const broken = way.filter((to, i) => {
    const from = way[i + 1];
    return from !== undefined && !calls(program, Number(from.slice(1)), to);
  });
  const out = broken.map((to) => `nothing on the path calls ${to}`);
  if (way[0] !== `f${fn}`) out.push('the path does not start at the lookup');
  if (verdict.kind !== 'escapes') return out;
  const entries = outcomes.flatMap((outcome) => (outcome.kind === 'escapes' ? [outcome.entry] : []));
  if (!entries.some((entry) => `f${entry}` === verdict.entry.function))
    out.push(`it escapes to ${entries.join()}`);
  if (way.at(-1) !== verdict.entry.function) out.push('the path does not end at the entry point');
  const exposed = entries.some((entry) => program.fns[entry]?.task === true) ? 'task' : 'uncalled';
  return verdict.entry.kind === exposed ? out : [...out, `the most exposed entry point is ${exposed}`];
}

const itself = (program: RandomProgram): RandomProgram => program;
const first = ([program]: readonly [RandomProgram, unknown]): RandomProgram => program;

describe('random programs', () => {
  test('are judged as an interpreter finds them to behave', async () => {
    await holds(programs, RUNS, itself, async (program) => {
      const judgements = await judged(render(program));
      return lookupsOf(program).flatMap(({ name, node, fn }) => {
        const seen = seenOf(program, node);
        const judgement = judgements.get(name);
        if (judgement === undefined) return [`${name} is not found`];
        const wrong = seen === null ? [] : contradictions(program, judgement, fn, seen);
        return wrong.map((line) => `${name}: ${told(judgement)}: ${line}`);
      });
    });
  }, 120_000);

  test('do not depend on the order of files', async () => {
    const shuffled = programs.chain((program) => {
      const files = [...render(program)];
      return fc.tuple(fc.constant(program), fc.shuffledSubarray(files, { minLength: files.length }));
    });
    await holds(shuffled, RUNS / 4, first, async ([program, files]) =>
      differences(await toldOf(render(program)), await toldOf(new Map(files))),
    );
  }, 60_000);

  test('do not depend on how modules are called', async () => {
    const reversed: Names = { pack: 'store', file: (index) => `part_${9 - index}` };
    await holds(programs, RUNS / 2, itself, async (program) =>
      differences(await toldOf(render(program, PLAIN)), await toldOf(render(program, reversed))),
    );
  }, 60_000);

  test('do not depend on a file that has nothing to do with them', async () => {
    const foreign: Names = { pack: 'elsewhere', file: (index) => `more${index}` };
    const strange = (text: string): string =>
      text.replaceAll(/\bf(\d+)/g, 'g$1').replaceAll(/\b(Base|Child|Other)\b/g, 'Far$1');
    await holds(fc.tuple(programs, programs), RUNS / 4, first, async ([program, other]) => {
      const more = [...render(other, foreign)].map(([path, text]): [string, string] => [path, strange(text)]);
      const together = await toldOf(new Map([...render(program), ...more]));
      return differences(
        await toldOf(render(program)),
        together.filter((line) => line.startsWith('f')),
      );
    });
  }, 60_000);
});
