import { printable } from './cells.ts';
import type { Formatter } from './finding.ts';

/** pylint's parseable format: `path:row: [CODE] message`. */
export const pylint: Formatter = (findings) =>
  findings
    .map(
      ({ report, place }) =>
        `${place.file.shown}:${place.start.row}: [${report.code}] ${printable(report.message)}\n`,
    )
    .join('');
