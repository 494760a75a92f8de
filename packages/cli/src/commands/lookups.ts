import { type Judgement, type Verdict, verdictWords } from '@danglint/core';
import type { Run } from '../args/commands.ts';
import { printable } from '../format/cells.ts';
import { count, groupBy } from '../format/text.ts';
import { print } from '../output/streams.ts';
import { type Inspection, inspect } from './inspect.ts';
import { jsonJudgement } from './judgement.ts';

/** Every lookup in the given paths, with its verdict. */
export const run: Run = async (input) => {
  const inspection = await inspect(input);
  const { judgements, view, log } = inspection;
  if (input.args.text('output-format') === 'json') {
    const data = judgements.map((judgement) => jsonJudgement(judgement, view));
    await print(`${JSON.stringify(data, null, 2)}\n`);
    return 'clean';
  }
  const groups = groupBy(judgements, groupKey(input.args.text('by') ?? 'file', inspection));
  const blocks = [...groups].map(([name, list]) => {
    const lines = list.map((judgement) => line(judgement, inspection));
    return `${inspection.colors.bold(name)}:\n${lines.join('')}\n`;
  });
  await print(blocks.join(''));
  log.summary(summary(judgements));
  return 'clean';
};

function groupKey(by: string, { view }: Inspection): (judgement: Judgement) => string {
  return ({ lookup, verdict }) => {
    if (by === 'model') return lookup.model ?? '(unknown model)';
    if (by === 'verdict') return verdict.kind;
    if (by === 'entry') return verdict.kind === 'escapes' ? verdict.entry.kind : '(does not escape)';
    return view.file(lookup.path).shown;
  };
}

function line({ lookup, verdict, origins }: Judgement, { view, colors }: Inspection): string {
  const { file, start } = view.place(lookup.path, lookup.span);
  const paint = {
    escapes: colors.error,
    contained: colors.warning,
    handled: colors.added,
    guaranteed: colors.added,
  };
  const what = `${lookup.model ?? '?'} ${lookup.method}`;
  const from = origins[0] === undefined ? '' : ` [${origins[0].kind}]`;
  const where = `${file.shown}:${start.row}:${start.column}`;
  return (
    printable(`  ${where} `) +
    paint[verdict.kind](verdict.kind) +
    printable(` ${what}${from}: ${verdictWords(verdict)}`) +
    '\n'
  );
}

const WORDS: readonly (readonly [Verdict['kind'], string])[] = [
  ['escapes', 'escape'],
  ['contained', 'contained'],
  ['handled', 'handled'],
  ['guaranteed', 'guaranteed'],
];

function summary(judgements: readonly Judgement[]): string {
  const parts = WORDS.map(
    ([kind, word]) => [judgements.filter(({ verdict }) => verdict.kind === kind).length, word] as const,
  )
    .filter(([n]) => n > 0)
    .map(([n, word]) => `${n} ${word}`);
  const total = count(judgements.length, 'lookup');
  return parts.length === 0 ? `${total}.` : `${total}: ${parts.join(', ')}.`;
}
