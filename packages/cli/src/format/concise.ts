import type { Formatter } from './finding.ts';
import { fileUrl, headline } from './text.ts';

/** One line a finding: `path:row:column: CODE [*] message`. */
export const concise: Formatter = (findings, { colors }) =>
  findings
    .map((finding) => {
      const { file, start } = finding.place;
      const colon = colors.label(':');
      const name = colors.link(colors.bold(file.shown), fileUrl(file.absolute));
      const where = `${name}${colon}${start.row}${colon}${start.column}${colon}`;
      return `${where} ${headline(finding, colors, false)}\n`;
    })
    .join('');
