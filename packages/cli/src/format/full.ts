import { printable } from './cells.ts';
import type { FileChange, FileView, Finding, FormatContext, Formatter, Place } from './finding.ts';
import { type FrameStyle, frame, lastRow, type Mark } from './frame.ts';
import { type DiffLine, lineDiff } from './line-diff.ts';
import { fileUrl, headline, productionText } from './text.ts';

/** One block a finding: headline, code frame, the exception's path, help, and the fix as a diff. */
export const full: Formatter = (findings, context) =>
  findings.map((finding) => `${block(finding, context).join('\n')}\n\n`).join('');

function block(finding: Finding, context: FormatContext): string[] {
  const { colors } = context;
  const { report, fix } = finding;
  const frames = framesOf(finding);
  const diffs = (fix?.changes ?? []).map((change) => ({ change, hunks: hunksOf(change) }));
  const rows = [
    ...frames.map(({ file, marks }) => lastRow(file, marks)),
    ...diffs.flatMap(({ hunks }) => hunks.flatMap(rowsOf)),
  ];
  const gutter = String(Math.max(1, ...rows)).length;
  const style: FrameStyle = { colors, width: context.width, gutter, paint: colors[report.severity] };
  const out = [headline(finding, colors)];
  for (const [i, { at, file, marks }] of frames.entries()) {
    const arrow = colors.frame(i === 0 ? '-->' : ':::');
    out.push(
      `${' '.repeat(gutter)}${arrow} ${colors.link(`${file.shown}:${at.start.row}:${at.start.column}`, fileUrl(file.absolute))}`,
      ...frame(file, marks, style),
    );
    if (file.lines === null) {
      for (const { text } of marks)
        if (text !== '') out.push(`${' '.repeat(gutter)} ${colors.frame('=')} note: ${text}`);
    }
  }
  out.push(...helpLines(finding, context, gutter, diffs));
  return out;
}

interface FrameOf {
  readonly file: FileView;
  readonly at: Place;
  readonly marks: readonly Mark[];
}

/** The finding's own file with all labels in it, then the labels of other files, neighbours of one file together. */
function framesOf({ place, labels }: Finding): FrameOf[] {
  const own: Mark[] = [{ span: place.span, primary: true, text: '' }];
  const frames: { file: FileView; at: Place; marks: Mark[] }[] = [
    { file: place.file, at: place, marks: own },
  ];
  for (const label of labels) {
    const mark = { span: label.span, primary: false, text: printable(label.message) };
    const last = frames.at(-1);
    if (label.file.path === place.file.path) own.push(mark);
    else if (last !== undefined && last.file.path === label.file.path) last.marks.push(mark);
    else frames.push({ file: label.file, at: label, marks: [mark] });
  }
  return frames;
}

interface DiffOf {
  readonly change: FileChange;
  readonly hunks: readonly (readonly DiffLine[])[];
}

function helpLines(
  { report, fix, place, production }: Finding,
  context: FormatContext,
  gutter: number,
  diffs: readonly DiffOf[],
): string[] {
  const { colors } = context;
  const note = (word: string, text: string): string => `${colors.help(word)}: ${printable(text)}`;
  const out: string[] = [];
  if (report.severity !== 'error') out.push(note('severity', report.severity));
  if (production !== null) out.push(note('production', productionText(production)));
  const [first, ...more] = report.help?.split('\n') ?? [];
  if (first !== undefined) out.push(note('help', first), ...more.map((line) => `      ${printable(line)}`));
  if (fix === null) {
    const refusal = report.refusals()[0];
    if (refusal !== undefined) out.push(note('note', `no automatic fix: ${refusal.reason}`));
    return out;
  }
  out.push(note('help', fix.fix.title));
  for (const { change, hunks } of diffs) {
    if (hunks.length === 0) continue;
    if (change.file.path !== place.file.path)
      out.push(`${' '.repeat(gutter)}${colors.frame(':::')} ${change.file.shown}`);
    out.push(...diffLines(hunks, context, gutter));
  }
  if (fix.fix.applicability === 'unsafe') {
    out.push(note('note', `This is an unsafe fix: ${fix.fix.why ?? 'it may change runtime behavior'}`));
  } else if (fix.fix.applicability === 'display') {
    out.push(
      note(
        'note',
        `This fix is shown only, it is never applied: ${fix.fix.why ?? 'it needs your judgement'}`,
      ),
    );
  }
  return out;
}

function diffLines(hunks: DiffOf['hunks'], { colors }: FormatContext, gutter: number): string[] {
  const blank = ' '.repeat(gutter);
  const bar = colors.frame('|');
  const out = [`${blank} ${bar}`];
  for (const [i, hunk] of hunks.entries()) {
    if (i > 0) out.push(colors.frame('...'));
    for (const line of hunk) {
      const text = printable(line.text);
      if (line.kind === 'removed') out.push(`${blank} ${colors.removed(`- ${text}`)}`);
      else {
        const number = colors.frame(String(line.row).padStart(gutter));
        if (line.kind === 'added') out.push(`${number} ${colors.added(`+ ${text}`.trimEnd())}`);
        else out.push(`${number} ${bar} ${text}`.trimEnd());
      }
    }
  }
  out.push(`${blank} ${bar}`);
  return out;
}

function hunksOf({ file, edits }: FileChange): DiffLine[][] {
  return file.lines === null ? [] : lineDiff(file.lines, edits);
}

function rowsOf(hunk: readonly DiffLine[]): number[] {
  return hunk.map((line) => (line.kind === 'removed' ? 0 : line.row));
}
