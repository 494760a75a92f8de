import type { Fix } from '@danglint/core';
import { createSupportsHyperlinks } from 'supports-hyperlinks';
import { type Colors, colors, wantsColor } from '../format/colors.ts';
import type { Finding, FormatContext } from '../format/finding.ts';
import { FORMATTERS, TEXT_FORMATS } from '../format/index.ts';
import type { FormatName } from '../format/names.ts';
import { caller } from '../output/caller.ts';
import type { Log } from '../output/log.ts';
import { statistics } from '../output/statistics.ts';
import { print, printError, writeOutputFile } from '../output/streams.ts';
import { fixableLine, foundLine, legend, longListHint } from '../output/summary.ts';
import type { Project } from '../project/project.ts';
import { rulePage } from '../rules/pages.ts';
import { manifest } from '../version.ts';
import type { CheckFlags } from './check-flags.ts';

/** Columns of a code frame where no terminal tells. */
const WIDTH = 120;

/** Where findings go. */
export interface EmitRequest {
  readonly project: Project;
  readonly flags: CheckFlags;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Standard error, when standard output holds a fixed text. */
  readonly to: 'stdout' | 'stderr';
}

/** One output: a format, and the file it goes to (null: a stream). */
interface Output {
  readonly format: FormatName;
  readonly file: string | null;
}

/** Prints findings, and writes those that have a file of their own. */
export async function emit(findings: readonly Finding[], request: EmitRequest): Promise<void> {
  const { flags, to, env } = request;
  const stream = to === 'stdout' ? caller().stdout : caller().stderr;
  for (const { format, file } of outputs(request)) {
    if (file === null && flags.level === 'silent') continue;
    const painted = wantsColor(flags.color, env, file === null && stream.isTTY);
    const links = painted && file === null && createSupportsHyperlinks(stream);
    const text = formatted(findings, request, format, colors(painted, links));
    if (file !== null) await writeOutputFile(file, text);
    else if (to === 'stdout') await print(text);
    else printError(text);
  }
}

/** The n-th file takes the n-th format; a format without a file goes to the stream. */
function outputs({ flags, project }: Pick<EmitRequest, 'flags' | 'project'>): readonly Output[] {
  const { outputFormat } = project.settings;
  const formats = flags.formats.length > 0 ? flags.formats : [outputFormat];
  const length = Math.max(formats.length, flags.outputFiles.length);
  return Array.from({ length }, (_, i) => {
    const file = flags.outputFiles[i] ?? null;
    return { format: formats[i] ?? outputFormat, file: file === '-' ? null : file };
  });
}

function formatted(
  findings: readonly Finding[],
  { flags, project }: EmitRequest,
  format: FormatName,
  paints: Colors,
): string {
  if (flags.statistics !== null)
    return statistics(findings, {
      by: flags.statistics,
      asJson: format === 'json',
      paths: project.found.files,
    });
  const { version, homepage } = manifest();
  const { stdout } = caller();
  const columns = stdout.isTTY ? stdout.columns : WIDTH;
  const context: FormatContext = {
    colors: paints,
    width: Math.max(60, columns),
    version,
    homepage,
    failLevel: flags.failLevel,
    rules: project.catalog.metas,
    page: (id: string) => rulePage(id, project.toolbox.pages),
  };
  return FORMATTERS[format](findings, context);
}

/** Whether the reader of this run is a person: what goes to the stream decides, else the first file. */
export function forPeople(request: Pick<EmitRequest, 'flags' | 'project'>): boolean {
  const all = outputs(request);
  const shown = all.find(({ file }) => file === null) ?? all[0];
  return shown !== undefined && TEXT_FORMATS.has(shown.format);
}

/** The lines after the findings. */
export function summarize(findings: readonly Finding[], checking: Summarized): void {
  const { project, flags, baseline, log } = checking;
  const { unsafeFixes } = project.settings;
  if (flags.statistics !== null && findings.length > 0) log.summary(legend(flags.statistics, unsafeFixes));
  log.summary(foundLine(findings.map(({ report }) => report)));
  const of = (applicability: Fix['applicability']): readonly Fix[] =>
    findings.flatMap(({ fix }) => (fix?.fix.applicability === applicability ? [fix.fix] : []));
  const unsafe = of('unsafe');
  const open = unsafe.filter(({ givesNone }) => givesNone === true).length;
  const line = fixableLine({ safe: of('safe').length, unsafe: unsafe.length, open }, unsafeFixes);
  if (line !== null) log.summary(line);
  const hint = isLong(checking) && baseline === null ? longListHint(findings.length) : null;
  if (hint !== null) log.summary(hint);
}

/** What decides about the lines after the findings. */
type Summarized = Pick<EmitRequest, 'flags' | 'project'> & {
  readonly baseline: unknown;
  readonly log: Log;
};

/** Whether a person at a terminal got many lines a finding. */
function isLong({ flags, project }: Summarized): boolean {
  const shown = outputs({ flags, project }).find(({ file }) => file === null);
  return caller().stdout.isTTY && flags.statistics === null && !flags.watch && shown?.format === 'full';
}
