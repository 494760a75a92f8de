import {
  evidence,
  type Judgement,
  type Label,
  type Observation,
  type Report,
  type Span,
  verdictWords,
} from '@danglint/core';
import { printable } from '../format/cells.ts';
import type { FileView } from '../format/finding.ts';
import { frame, lastRow, type Mark } from '../format/frame.ts';
import type { Inspection } from './inspect.ts';
import { jsonJudgement } from './judgement.ts';
import { quietBy } from './quiet.ts';

type Fact = readonly [string, string];

/** A lookup and what is reported of it, as data. */
export function jsonLookup(
  judgement: Judgement,
  own: readonly Report[],
  inspection: Inspection,
): Readonly<Record<string, unknown>> {
  return { ...jsonJudgement(judgement, inspection.view), ...jsonReports(own, inspection) };
}

/** A finding that is not one lookup, as data. */
export function jsonFinding(report: Report, inspection: Inspection): Readonly<Record<string, unknown>> {
  const { file, start, end } = inspection.view.place(report.path, report.span);
  return {
    filename: file.absolute,
    location: start,
    end_location: end,
    function: report.function,
    confidence: report.confidence,
    ...jsonReports([report], inspection),
  };
}

function jsonReports(own: readonly Report[], inspection: Inspection): Readonly<Record<string, unknown>> {
  return {
    reports: own.map((report) => {
      const { code, ruleId, severity, message } = report;
      return { code, name: ruleId, severity, message, quiet: quietBy(report, inspection) };
    }),
    fixes: own.flatMap((report) =>
      report
        .fixes()
        .map(({ title, pattern, applicability, why }) => ({ title, pattern, applicability, why })),
    ),
    refusals: own.flatMap((report) => report.refusals()),
  };
}

/** A lookup, what is known of it, what is reported of it, and the evidence as code. */
export function lookupBlock(judgement: Judgement, own: readonly Report[], inspection: Inspection): string {
  const { lookup, verdict, origins, confidence } = judgement;
  const facts: readonly Fact[] = [
    ['lookup', `${lookup.receiver}.${lookup.method} (${lookup.form}) in \`${lookup.host.function}\``],
    ['model', lookup.model ?? 'not known'],
    ['raises', lookup.exception],
    ['key', keys(origins)],
    ['unique', lookup.uniqueness.why],
    ['verdict', `${verdict.kind}: ${verdictWords(verdict)}`],
    ['confidence', confidence],
    ...(own.length === 0 ? [['reported', 'no'] as const] : reportFacts(own, inspection)),
  ];
  const text = 'the lookup';
  return block(
    { path: lookup.path, span: lookup.span, text, labels: evidence(judgement) },
    facts,
    inspection,
  );
}

/** A finding that is not one lookup: what it says, what is known of the place, and the evidence as code. */
export function findingBlock(report: Report, inspection: Inspection): string {
  const { path, span, message, observation, confidence, labels } = report;
  const facts: readonly Fact[] = [
    ['finding', message],
    ...(report.function === null ? [] : [['in', `\`${report.function}\``] as const]),
    ...(observation === undefined ? [] : seen(observation)),
    ['confidence', confidence],
    ...reportFacts([report], inspection),
  ];
  return block({ path, span, text: 'here', labels }, facts, inspection);
}

function seen(observation: Observation): readonly Fact[] {
  const { verdict, origins } = { verdict: null, origins: [], ...observation };
  return [
    ...('model' in observation ? [['model', observation.model ?? 'not known'] as const] : []),
    ...(origins.length === 0 ? [] : [['key', keys(origins)] as const]),
    ...(verdict === null ? [] : [['verdict', `${verdict.kind}: ${verdictWords(verdict)}`] as const]),
  ];
}

const keys = (origins: Judgement['origins']): string =>
  origins.map(({ detail, kind }) => `${detail} [${kind}]`).join('; ') || 'none';

function reportFacts(own: readonly Report[], inspection: Inspection): readonly Fact[] {
  return [
    ...own.map((report): Fact => {
      const { code, ruleId, severity } = report;
      const quiet = quietBy(report, inspection);
      return ['reported', quiet === null ? `${code} ${ruleId}, ${severity}` : `no: ${quiet}`];
    }),
    ...fixFacts(own.flatMap((report) => report.fixes())),
    ...own.flatMap((report) =>
      report.refusals().map(({ recipe, reason }) => ['no fix', `${recipe}: ${reason}`] as const),
    ),
  ];
}

/** One line for fixes that come to the same, whatever shape they give the lookup. */
function fixFacts(fixes: ReturnType<Report['fixes']>): readonly Fact[] {
  const texts = fixes.map(
    ({ title, applicability, why }) => `${title} (${applicability}${why === null ? '' : `: ${why}`})`,
  );
  return [...new Set(texts)].map((text) => {
    const shapes = texts.filter((other) => other === text).length;
    return ['fix', shapes === 1 ? text : `${text}, in ${shapes} shapes`] as const;
  });
}

/** A place in the code, what to write below it, and what it rests on. */
interface Shown {
  readonly path: string;
  readonly span: Span;
  readonly text: string;
  readonly labels: readonly Label[];
}

function block(shown: Shown, facts: readonly Fact[], inspection: Inspection): string {
  const { view, colors } = inspection;
  const { file, start } = view.place(shown.path, shown.span);
  const head = `${colors.bold(`${file.shown}:${start.row}:${start.column}`)}\n`;
  const body = facts.map(([name, text]) => `  ${colors.help(name.padEnd(10))} ${printable(text)}\n`).join('');
  return `${head}${body}\n${frames(shown, inspection)}\n`;
}

/** The evidence as code, in the order of the exception's way. */
function frames({ path, span, text, labels }: Shown, { view, colors }: Inspection): string {
  const marks: { file: FileView; mark: Mark }[] = [
    { file: view.file(path), mark: { span, primary: true, text } },
    ...labels.map(({ path, span, message }) => ({
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
