import type { Colors } from '../format/colors.ts';
import { wrap } from '../format/wrap.ts';

/** How a page is laid out. */
export interface PageStyle {
  readonly colors: Colors;
  /** Columns that text may take; code keeps its lines. */
  readonly width: number;
}

/** A page in Markdown as a terminal shows it: headings bold, code set in, paragraphs as wide as the terminal, links followed by their address. */
export function terminalPage(markdown: string, { colors, width }: PageStyle): string {
  const out: string[] = [];
  let code = false;
  let open: string[] = [];
  const flush = (): void => {
    if (open.length > 0) out.push(...paragraph(open, width).map((line) => inline(line, colors)));
    open = [];
  };
  for (const line of markdown.split('\n')) {
    if (line.startsWith('```')) {
      flush();
      code = !code;
    } else if (code) out.push(line === '' ? '' : `    ${painted(line, colors)}`);
    else if (line === '' || line.startsWith('#') || line.startsWith('|')) {
      flush();
      out.push(line.startsWith('#') ? colors.bold(line.replace(/^#+ /, '')) : line);
    } else {
      if (/^(?:[-*]|\d+\.) /.test(line)) flush();
      open.push(line.trim());
    }
  }
  flush();
  return `${out
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}

/** Lines of one paragraph or list item; further lines of an item are set in. */
function paragraph(lines: readonly string[], width: number): readonly string[] {
  const text = links(lines.join(' '));
  const indent = /^(?:[-*]|\d+\.) /.exec(text)?.[0].length ?? 0;
  return wrap(text, width - indent).map((line, i) => `${i === 0 ? '' : ' '.repeat(indent)}${line}`);
}

/** Other pages are named as `danglint rule` takes them. */
function links(text: string): string {
  return text.replaceAll(/\[([^\]]+)\]\(([^)]+)\)/g, (_, name: string, url: string) =>
    /^https?:/.test(url) ? `${name} <${url}>` : name,
  );
}

function inline(line: string, { bold, label }: Colors): string {
  return line
    .replaceAll(/\*\*([^*]+)\*\*/g, (_, text: string) => bold(text))
    .replaceAll(/`[^`]+`/g, (text) => label(text));
}

function painted(line: string, { dim, added, removed }: Colors): string {
  if (/^\+(?!\+)/.test(line)) return added(line);
  if (/^-(?!-)/.test(line)) return removed(line);
  return line.replace(/ {2}# .*$/, (comment) => dim(comment));
}
