/** One fenced block of a page. */
export interface Block {
  /** First word of the info string: `python`, `diff`, `sh`, ... */
  readonly language: string;
  /** The other words of the info string: `shared`, `fix=safe`. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Path named in code by the line before the block; null when there is none. */
  readonly path: string | null;
  readonly text: string;
  /** 1-based line of the page on which `text` begins. */
  readonly line: number;
}

/** A stretch of a page under one heading, without what stands under deeper ones. */
export interface Section {
  readonly title: string;
  /** Titles of the headings around it, outermost first, its own last. */
  readonly trail: readonly string[];
  readonly line: number;
  readonly blocks: readonly Block[];
}

const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})\s*(.*)$/;

/** The sections of a Markdown page with their fenced blocks, in order. Throws for a fence that is not closed. */
export function readSections(page: string): readonly Section[] {
  const lines = page.split(/\r?\n/);
  const sections: (Section & { readonly blocks: Block[] })[] = [];
  const trail: string[] = [];
  let current = { title: '', trail: [''], line: 1, blocks: [] as Block[] };
  sections.push(current);
  let before = '';
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const heading = HEADING.exec(line);
    const fence = FENCE.exec(line);
    if (heading !== null) {
      trail.length = Math.min(trail.length, (heading[1] ?? '').length - 1);
      trail.push(heading[2] ?? '');
      current = { title: heading[2] ?? '', trail: [...trail], line: i + 1, blocks: [] };
      sections.push(current);
      before = '';
    } else if (fence !== null) {
      const end = closing(lines, i, fence[1] ?? '');
      current.blocks.push(block(lines.slice(i + 1, end), i + 2, fence[2] ?? '', before));
      i = end;
      before = '';
    } else if (line.trim() !== '') before = line.trim();
  }
  return sections;
}

function closing(lines: readonly string[], open: number, mark: string): number {
  for (let i = open + 1; i < lines.length; i++) {
    const close = FENCE.exec(lines[i] ?? '');
    if (close?.[1]?.startsWith(mark) === true && close[2] === '') return i;
  }
  throw new Error(`line ${open + 1}: this block is never closed`);
}

function block(lines: readonly string[], line: number, info: string, before: string): Block {
  const [language = '', ...words] = info.split(/\s+/).filter((word) => word !== '');
  const attributes = new Map(
    words.map((word) => {
      const [name = '', value = ''] = word.split('=', 2);
      return [name, value.replaceAll(/^["']|["']$/g, '')];
    }),
  );
  return {
    language,
    attributes,
    path: pathIn(before),
    text: lines.map((text) => `${text}\n`).join(''),
    line,
  };
}

/** `tasks.py` in backticks at the end of a line, with or without a colon. */
function pathIn(line: string): string | null {
  return /`([\w./-]+\.py)`:?$/.exec(line)?.[1] ?? null;
}
