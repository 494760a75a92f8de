import type { Finding, Formatter } from './finding.ts';

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const;

/**
 * GitHub Actions workflow commands: annotations in a pull request. GitHub shows ten errors and ten warnings of a step: what crashed
 * most in production comes first.
 */
export const github: Formatter = (findings) =>
  findings
    .toSorted((a, b) => (b.production?.events ?? 0) - (a.production?.events ?? 0))
    .map(line)
    .join('');

function line({ report, place, labels }: Finding): string {
  const { file, start, end } = place;
  const properties = {
    title: `danglint (${report.code})`,
    file: file.absolute,
    line: start.row,
    col: start.column,
    endLine: end.row,
    endColumn: end.column,
  };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
  const text = [
    `${file.shown}:${start.row}:${start.column}: ${report.code} ${report.message}`,
    ...labels.map((label) => `  ${label.file.shown}:${label.start.row}: ${label.message}`),
    ...(report.help === null ? [] : [`  help: ${report.help}`]),
  ];
  return `::${COMMANDS[report.severity]} ${list.join(',')}::${data(text.join('\n'))}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
