import type { Fix } from '@danglint/core';
import { colors, wantsColor } from '../format/colors.ts';
import type { Finding, FormatContext } from '../format/finding.ts';
import { FORMATTERS, TEXT_FORMATS } from '../format/index.ts';
import type { Log } from '../output/log.ts';
import { statistics } from '../output/statistics.ts';
import { print, printError, writeOutputFile } from '../output/streams.ts';
import { fixableLine, foundLine } from '../output/summary.ts';
import type { Project } from '../project/project.ts';
import { manifest } from '../version.ts';
import type { CheckFlags } from './check-flags.ts';

/** Columns of a code frame where no terminal tells. */
const WIDTH = 120;

/** Prints findings and the summary below them. `to`: standard error, when standard output holds a fixed text. */
export async function emit(
  findings: readonly Finding[],
  project: Project,
  flags: CheckFlags,
  env: Readonly<Record<string, string | undefined>>,
  to: 'stdout' | 'stderr',
): Promise<void> {
  if (flags.level === 'silent' && flags.outputFile === null) return;
  const terminal = flags.outputFile === null && (to === 'stdout' ? process.stdout : process.stderr).isTTY;
  const text = formatted(findings, project, flags, wantsColor(flags.color, env, terminal));
  if (flags.outputFile !== null) writeOutputFile(flags.outputFile, text);
  else if (to === 'stdout') await print(text);
  else printError(text);
}

function formatted(
  findings: readonly Finding[],
  project: Project,
  flags: CheckFlags,
  color: boolean,
): string {
  const { outputFormat } = project.settings;
  if (flags.statistics) return statistics(findings, outputFormat === 'json');
  const { version, homepage } = manifest();
  const columns = process.stdout.isTTY ? process.stdout.columns : WIDTH;
  const context: FormatContext = {
    colors: colors(color),
    width: Math.max(60, columns),
    version,
    homepage,
    rules: project.catalog.metas,
  };
  return FORMATTERS[outputFormat](findings, context);
}

/** The lines after the findings; only formats for people have them. */
export function summarize(findings: readonly Finding[], project: Project, log: Log): void {
  const { outputFormat, unsafeFixes } = project.settings;
  if (!TEXT_FORMATS.has(outputFormat)) return;
  log.summary(foundLine(findings.map(({ report }) => report)));
  const count = (applicability: Fix['applicability']): number =>
    findings.filter(({ fix }) => fix?.fix.applicability === applicability).length;
  const line = fixableLine(count('safe'), count('unsafe'), unsafeFixes);
  if (line !== null) log.summary(line);
}
