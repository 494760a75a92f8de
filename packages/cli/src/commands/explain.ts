import { evidence, type Judgement, type Label, type Report, type Span } from '@danglint/core';
import type { Run } from '../args/commands.ts';
import { UserError } from '../errors.ts';
import type { FileView } from '../format/finding.ts';
import { count } from '../format/text.ts';
import { print } from '../output/streams.ts';
import { findingBlock, jsonFinding, jsonLookup, lookupBlock } from './explained.ts';
import { type Inspection, inspect } from './inspect.ts';
import { narrowerProgram } from './notes.ts';

/** Why a line is reported, or is not: the lookups on it, and the findings that are none of a lookup. Comments keep nothing quiet here. */
export const run: Run = async (input) => {
  const place = placeOf(input.operands[0] ?? '');
  const inspection = await inspect({ ...input, operands: [place.path] }, { suppressions: false });
  const { judgements, session, view } = inspection;
  const [target] = inspection.project.targets;
  if (target === undefined || session.source(target) === null) {
    throw new UserError('usage', 'the file cannot be read or holds no Python', { where: place.path });
  }
  const file = view.file(target);
  const { here, findings } = explainable(inspection, file, place);
  const reports = session.reports(new Set(here.map(({ lookup }) => lookup.path)));
  const of = ({ lookup }: Judgement): readonly Report[] =>
    reports.filter((report) => report.judgement?.lookup.id === lookup.id);
  if (input.args.text('output-format') === 'json') {
    const found = [
      ...here.map((one) => jsonLookup(one, of(one), inspection)),
      ...findings.map((one) => jsonFinding(one, inspection)),
    ];
    await print(`${JSON.stringify(found, null, 2)}\n`);
    return 'clean';
  }
  const narrower = narrowerProgram(inspection.project);
  if (narrower !== null) inspection.log.summary(narrower);
  const blocks = [
    ...here.map((one) => lookupBlock(one, of(one), inspection)),
    ...findings.map((one) => findingBlock(one, inspection)),
  ];
  await print(blocks.length > 0 ? blocks.join('\n') : nothing(judgements, file, place, inspection));
  return 'clean';
};

/** What stands at a place; where nothing does, what rests on it: a handler, a caller, an entry point. */
function explainable(
  { judgements, project, session }: Inspection,
  file: FileView,
  place: PlaceArgument,
): { readonly here: readonly Judgement[]; readonly findings: readonly Report[] } {
  const isOfNone = ({ judgement }: Report): boolean => judgement === null;
  const here = judgements.filter(({ lookup }) => covers(file, lookup.span, place));
  const findings = session
    .reports(project.targets)
    .filter((report) => isOfNone(report) && covers(file, report.span, place));
  if (here.length + findings.length > 0) return { here, findings };
  const touches = (labels: readonly Label[]): boolean =>
    labels.some(({ path, span }) => path === file.path && covers(file, span, place));
  return {
    here: session.judgements().filter((one) => touches(evidence(one))),
    findings: session.reports().filter((report) => isOfNone(report) && touches(report.labels)),
  };
}

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

function covers({ lines }: FileView, span: Span, { row, column }: PlaceArgument): boolean {
  if (lines === null) return false;
  if (lines.lineOf(span.start) > row || lines.lineOf(span.end) < row) return false;
  if (column === null) return true;
  const at = lines.offsetOf({ row, column });
  return span.start <= at && at <= span.end;
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
