import type { Formatter } from './finding.ts';
import { headline } from './text.ts';

/** One line a finding: `path:row:column: CODE [*] message`. */
export const concise: Formatter = (findings, { colors }) =>
  findings
    .map((finding) => {
      const { file, start } = finding.place;
      const colon = colors.label(':');
      const where = `${colors.bold(file.shown)}${colon}${start.row}${colon}${start.column}${colon}`;
      return `${where} ${headline(finding, colors, false)}\n`;
    })
    .join('');
