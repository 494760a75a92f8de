import type { Finding, Formatter } from './finding.ts';
import { fileUrl, groupBy, headline } from './text.ts';

/** One heading a file, its findings below. */
export const grouped: Formatter = (findings, { colors }) => {
  const files = groupBy(findings, ({ place }) => place.file);
  const blocks = [...files].map(([file, list]) => {
    const rows = Math.max(...list.map(({ place }) => String(place.start.row).length));
    const columns = Math.max(...list.map(({ place }) => String(place.start.column).length));
    const line = (finding: Finding): string => {
      const { row, column } = finding.place.start;
      const where = `${String(row).padStart(rows)}${colors.label(':')}${String(column).padEnd(columns)}`;
      return `  ${where} ${headline(finding, colors, false)}`;
    };
    return `${colors.link(colors.bold(file.shown), fileUrl(file.absolute))}:\n${list.map(line).join('\n')}\n\n`;
  });
  return blocks.join('');
};
