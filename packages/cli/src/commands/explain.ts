import { evidence, type Judgement, type Report, verdictWords } from '@danglint/core';
import type { Run } from '../args/commands.ts';
import { UserError } from '../errors.ts';
import { printable } from '../format/cells.ts';
import type { FileView } from '../format/finding.ts';
import { frame, lastRow, type Mark } from '../format/frame.ts';
import { count } from '../format/text.ts';
import { print } from '../output/streams.ts';
import { type Inspection, inspect } from './inspect.ts';
import { jsonJudgement } from './judgement.ts';
import { narrowerProgram } from './notes.ts';

/** Why a line is reported, or is not. */
export const run: Run = async (input) => {
  const place = placeOf(input.operands[0] ?? '');
  const inspection = await inspect({ ...input, operands: [place.path] });
  const { judgements, session, view } = inspection;
  const [target] = inspection.project.targets;
  if (target === undefined || session.source(target) === null) {
    throw new UserError('usage', 'the file cannot be read or holds no Python', { where: place.path });
  }
  const file = view.file(target);
  const direct = judgements.filter(({ lookup }) => covers(file, lookup.span, place));
  const here = direct.length > 0 ? direct : session.judgements().filter((one) => touches(one, file, place));
  const reports = session.reports(new Set(here.map(({ lookup }) => lookup.path)));
  if (input.args.text('output-format') === 'json') {
    await print(
      `${JSON.stringify(
        here.map((one) => explained(one, reports, inspection)),
        null,
        2,
      )}\n`,
    );
    return 'clean';
  }
  const narrower = narrowerProgram(inspection.project);
  if (narrower !== null) inspection.log.summary(narrower);
  const blocks = here.map((judgement) => block(judgement, reports, inspection));
  await print(blocks.length > 0 ? blocks.join('\n') : nothing(judgements, file, place, inspection));
  return 'clean';
};

interface PlaceArgument {
  readonly path: string;
  readonly row: number;
  readonly column: number | null;
}

function placeOf(text: string): PlaceArgument {
  const [, path, row, column] = /^(.+?):(\d+)(?::(\d+))?$/.exec(text) ?? [];
  if (path === undefined || row === undefined) {
    throw new UserError('usage', `"${text}" is no place`, { help: 'write FILE:LINE or FILE:LINE:COLUMN' });
  }
  return { path, row: Number(row), column: column === undefined ? null : Number(column) };
}

function covers(
  { lines }: FileView,
  span: Judgement['lookup']['span'],
  { row, column }: PlaceArgument,
): boolean {
  if (lines === null) return false;
  if (lines.lineOf(span.start) > row || lines.lineOf(span.end) < row) return false;
  if (column === null) return true;
  const at = lines.offsetOf({ row, column });
  return span.start <= at && at <= span.end;
}

/** True when the line is part of what a verdict rests on: a handler, a caller, an entry point. */
function touches(judgement: Judgement, file: FileView, place: PlaceArgument): boolean {
  return evidence(judgement).some(({ path, span }) => path === file.path && covers(file, span, place));
}

function explained(judgement: Judgement, reports: readonly Report[], { view }: Inspection): unknown {
  const own = reports.filter((report) => report.judgement?.lookup.id === judgement.lookup.id);
  return {
    ...jsonJudgement(judgement, view),
    reports: own.map(({ code, ruleId, severity, message }) => ({ code, name: ruleId, severity, message })),
    fixes: own.flatMap((report) =>
      report
        .fixes()
        .map(({ title, pattern, applicability, why }) => ({ title, pattern, applicability, why })),
    ),
    refusals: own.flatMap((report) => report.refusals()),
  };
}

function block(judgement: Judgement, reports: readonly Report[], inspection: Inspection): string {
  const { lookup, verdict, origins, confidence } = judgement;
  const { view, colors } = inspection;
  const at = view.place(lookup.path, lookup.span);
  const own = reports.filter((report) => report.judgement?.lookup.id === lookup.id);
  const facts: readonly (readonly [string, string])[] = [
    ['lookup', `${lookup.receiver}.${lookup.method} (${lookup.form}) in \`${lookup.host.function}\``],
    ['model', lookup.model ?? 'not known'],
    ['raises', lookup.exception],
    ['key', origins.map(({ detail, kind }) => `${detail} [${kind}]`).join('; ') || 'none'],
    ['unique', lookup.uniqueness.why],
    ['verdict', `${verdict.kind}: ${verdictWords(verdict)}`],
    ['confidence', confidence],
    ...own.map(({ code, ruleId, severity }) => ['reported', `${code} ${ruleId}, ${severity}`] as const),
    ...(own.length === 0 ? [['reported', 'no'] as const] : []),
    ...fixFacts(own.flatMap((report) => report.fixes())),
    ...own.flatMap((report) =>
      report.refusals().map(({ recipe, reason }) => ['no fix', `${recipe}: ${reason}`] as const),
    ),
  ];
  const head = `${colors.bold(`${at.file.shown}:${at.start.row}:${at.start.column}`)}\n`;
  const body = facts.map(([name, text]) => `  ${colors.help(name.padEnd(10))} ${printable(text)}\n`).join('');
  return `${head}${body}\n${frames(judgement, inspection)}\n`;
}

type Fixes = ReturnType<Report['fixes']>;

/** One line for fixes that come to the same, whatever shape they give the lookup. */
function fixFacts(fixes: Fixes): readonly (readonly [string, string])[] {
  const texts = fixes.map(
    ({ title, applicability, why }) => `${title} (${applicability}${why === null ? '' : `: ${why}`})`,
  );
  return [...new Set(texts)].map((text) => {
    const shapes = texts.filter((other) => other === text).length;
    return ['fix', shapes === 1 ? text : `${text}, in ${shapes} shapes`] as const;
  });
}

/** The evidence as code, in the order of the exception's way. */
function frames(judgement: Judgement, { view, colors }: Inspection): string {
  const { lookup } = judgement;
  const marks: { file: FileView; mark: Mark }[] = [
    { file: view.file(lookup.path), mark: { span: lookup.span, primary: true, text: 'the lookup' } },
    ...evidence(judgement).map(({ path, span, message }) => ({
      file: view.file(path),
      mark: { span, primary: false, text: printable(message) },
    })),
  ];
  const gutter = String(Math.max(1, ...marks.map(({ file, mark }) => lastRow(file, [mark])))).length;
  const style = { colors, gutter, width: 120, paint: colors.warning };
  const one = ({ file, mark }: (typeof marks)[number]): string => {
    const { row } = view.place(file.path, mark.span).start;
    const head = `${' '.repeat(gutter)}${colors.frame('-->')} ${file.shown}:${row}`;
    return [head, ...frame(file, [mark], style)].join('\n');
  };
  return marks.map(one).join('\n');
}

function nothing(
  all: readonly Judgement[],
  file: FileView,
  { row }: PlaceArgument,
  { view }: Inspection,
): string {
  const length = file.lines?.lineCount ?? 0;
  if (row > length) return `${file.shown}:${row}: no such line; the file has ${count(length, 'line')}.\n`;
  const rows = all
    .map(({ lookup }) => view.place(lookup.path, lookup.span).start.row)
    .toSorted((a, b) => Math.abs(a - row) - Math.abs(b - row));
  const near = rows.length === 0 ? 'the file has none' : `the nearest is on line ${rows[0] ?? 0}`;
  return `${file.shown}:${row}: no lookup that danglint knows stands here; ${near}.\n`;
}
