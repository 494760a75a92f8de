import type { Finding, Formatter } from './finding.ts';

/** Azure Pipelines logging commands. The type is `error` or `warning`; there is none for a mere note. */
export const azure: Formatter = (findings) => findings.map(line).join('');

function line({ report, place }: Finding): string {
  const type = report.severity === 'error' ? 'error' : 'warning';
  const properties = [
    `type=${type}`,
    `sourcepath=${property(place.file.absolute)}`,
    `linenumber=${place.start.row}`,
    `columnnumber=${place.start.column}`,
    `code=${report.code}`,
  ];
  return `##vso[task.logissue ${properties.join(';')};]${data(report.message)}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%AZP25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(';', '%3B').replaceAll(']', '%5D');
}
