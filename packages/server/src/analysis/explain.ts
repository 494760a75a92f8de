import {
  evidence,
  type Judgement,
  type Offset,
  parseSuppressions,
  type Report,
  type RuleMeta,
  verdictWords,
} from '@danglint/core';
import { type CodeLens, type Hover, MarkupKind, type Position } from 'vscode-languageserver-types';
import { COMMANDS } from './actions.ts';
import type { LiveProgram } from './live-program.ts';

/** What is said of a place: the rule that a comment names, else the findings and the lookup there. */
export function hoverAt(program: LiveProgram, path: string, position: Position): Hover | null {
  const own = program.relative(path);
  const positions = program.places.of(own);
  if (positions === null) return null;
  const at = positions.offset(position);
  const code = codeAt(program, own, at);
  if (code !== null)
    return { contents: markdown(ruleText(program, code.meta)), range: positions.range(code) };
  const judgement = judgementAt(program, own, at);
  const reports = (program.reportsAt(path) ?? []).filter(({ span }) => span.start <= at && at <= span.end);
  const parts = [
    ...reports.map((report) => reportName(program, report)),
    ...(judgement === null ? [] : [judgementText(program, judgement)]),
  ];
  const span = judgement?.lookup.span ?? reports[0]?.span;
  if (span === undefined) return null;
  return { contents: markdown(parts.join('\n\n---\n\n')), range: positions.range(span) };
}

/** All that the analysis knows of the lookup at a place, as a page; null where none stands. */
export function explainAt(program: LiveProgram, path: string, position: Position): string | null {
  const own = program.relative(path);
  const at = program.places.of(own)?.offset(position);
  const judgement = at === undefined ? null : judgementAt(program, own, at);
  if (judgement === null) return null;
  const { lookup, origins, confidence } = judgement;
  const reports = (program.reportsAt(path) ?? []).filter(
    ({ judgement }) => judgement?.lookup.id === lookup.id,
  );
  const fixes = reports.flatMap((report) =>
    program.program
      .fixes(report)
      .map(
        ({ title, applicability, why }) => `- ${title} (${applicability}${why === null ? '' : `: ${why}`})`,
      ),
  );
  const refusals = reports.flatMap((report) =>
    report.refusals().map(({ recipe, reason }) => `- not ${recipe}: ${reason}`),
  );
  const facts = [
    `- in \`${lookup.host.function}\`, raises \`${lookup.exception}\``,
    `- key: ${origins.map(({ detail, kind }) => `${detail} [${kind}]`).join('; ')}`,
    `- unique: ${lookup.uniqueness.why}`,
    `- confidence: ${confidence}`,
  ];
  const sections = [
    `# ${lookup.receiver}.${lookup.method} in ${own}:${program.places.range(own, lookup.span).start.line + 1}`,
    ...reports.map((report) => reportText(program, report)),
    judgementText(program, judgement),
    `## The lookup\n\n${facts.join('\n')}`,
    ...(fixes.length + refusals.length === 0 ? [] : [`## Fixes\n\n${[...fixes, ...refusals].join('\n')}`]),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** Production events over the findings that have some. */
export function lensesOf(
  program: LiveProgram,
  path: string,
  uri: string,
  version: number,
): readonly CodeLens[] {
  return (program.reportsAt(path) ?? []).flatMap((report) => {
    const note = program.production(report);
    if (note === null || note.events === 0) return [];
    const range = program.places.range(report.path, report.span);
    const title = `${note.events.toLocaleString('en')} events · ${note.issues.join(', ')}`;
    const at = { uri, version, position: range.start };
    return [{ range, command: { title, command: COMMANDS.explain, arguments: [at] } }];
  });
}

function codeAt(
  program: LiveProgram,
  own: string,
  at: Offset,
): { readonly meta: RuleMeta; readonly start: Offset; readonly end: Offset } | null {
  const lines = program.places.of(own)?.lines;
  const comments =
    program.session.facts(own)?.comments.filter(({ start, end }) => start <= at && at <= end) ?? [];
  if (lines === undefined || comments.length === 0) return null;
  for (const { codes } of parseSuppressions(comments, lines)) {
    const code = codes?.find(({ start, end }) => start <= at && at <= end);
    const meta = code === undefined ? null : program.program.rule(code.text);
    if (code !== undefined && meta !== null) return { meta, start: code.start, end: code.end };
  }
  return null;
}

/** The innermost lookup at a place. */
function judgementAt(program: LiveProgram, own: string, at: Offset): Judgement | null {
  const here = program.session
    .judgements(new Set([own]))
    .filter(({ lookup: { span } }) => span.start <= at && at <= span.end);
  const width = ({ lookup: { span } }: Judgement): number => span.end - span.start;
  return here.toSorted((a, b) => width(a) - width(b))[0] ?? null;
}

function ruleText(program: LiveProgram, meta: RuleMeta): string {
  const url = program.program.pageUrl(meta);
  const [summary = ''] = (program.program.page(meta) ?? '').split(/\n## /);
  const body = summary.trim() === '' ? meta.summary : summary.trim();
  return `**${meta.code}** \`${meta.id}\` (${meta.severity})\n\n${body}${url === null ? '' : `\n\n[The rule's page](${url})`}`;
}

/** The rule of a finding and how often it happened: its message editors show by themselves. */
function reportName(program: LiveProgram, report: Report): string {
  const { code, ruleId } = report;
  const meta = program.program.rule(code);
  const url = meta === null ? null : program.program.pageUrl(meta);
  const name = `**${code}** \`${ruleId}\``;
  const note = program.production(report);
  return `${url === null ? name : `[${name}](${url})`}${note === null ? '' : `\n\nProduction: ${note.text}`}`;
}

function reportText(program: LiveProgram, report: Report): string {
  const help = report.help === null ? '' : `\n\n${report.help}`;
  return `${reportName(program, report)}\n\n${report.message}${help}`;
}

function judgementText(program: LiveProgram, judgement: Judgement): string {
  const { lookup, verdict } = judgement;
  const model = lookup.model === null ? '' : ` of \`${lookup.model}\``;
  const steps = evidence(judgement).map(({ path, span, message }) => {
    const { uri, range } = program.places.location(path, span);
    const row = range.start.line + 1;
    return `1. ${message} ([${path}:${row}](${uri}#L${row}))`;
  });
  return `**${verdict.kind}**: \`${lookup.receiver}.${lookup.method}\`${model}; ${verdictWords(verdict)}\n\n${steps.join('\n')}`;
}

function markdown(value: string): { readonly kind: typeof MarkupKind.Markdown; readonly value: string } {
  return { kind: MarkupKind.Markdown, value };
}
