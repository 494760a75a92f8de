/** A stretch of lines, 1-based; `count` 0 stands between `start` and the line behind it. */
export interface Stretch {
  readonly start: number;
  readonly count: number;
}

/** One change: `old` lines became `now` lines. */
export interface Hunk {
  readonly old: Stretch;
  readonly now: Stretch;
}

/** The hunks of a diff without context, by the new path of each file. Files that are gone have no path. */
export function parseDiff(text: string): ReadonlyMap<string, readonly Hunk[]> {
  const files = new Map<string, Hunk[]>();
  let hunks: Hunk[] | null = null;
  /** Lines of a hunk's body, which may look like anything. */
  let body = 0;
  for (const line of text.split('\n')) {
    if (body > 0 && /^[-+]/.test(line)) {
      body--;
      continue;
    }
    const header = /^\+\+\+ (.*)$/.exec(line);
    if (header !== null) {
      const path = newPath(header[1] ?? '');
      hunks = path === null ? null : (files.get(path) ?? []);
      if (path !== null && hunks !== null) files.set(path, hunks);
      continue;
    }
    const hunk = hunkOf(line);
    if (hunk === null) continue;
    body = hunk.old.count + hunk.now.count;
    hunks?.push(hunk);
  }
  return files;
}

function hunkOf(line: string): Hunk | null {
  const found = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
  if (found === null) return null;
  const stretch = (start: string | undefined, count: string | undefined): Stretch => ({
    start: Number(start),
    count: count === undefined ? 1 : Number(count),
  });
  return { old: stretch(found[1], found[2]), now: stretch(found[3], found[4]) };
}

/** Git puts names with special characters into quotes, and a tab behind names with blanks. */
function newPath(text: string): string | null {
  const name = text.replace(/\t$/, '');
  const plain = name.startsWith('"') ? unquoted(name.slice(1, -1)) : name;
  return plain.startsWith('b/') ? plain.slice(2) : null;
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
};

function unquoted(text: string): string {
  return text.replaceAll(/\\([0-7]{3}|.)/g, (_, code: string) =>
    code.length === 3 ? String.fromCodePoint(Number.parseInt(code, 8)) : (ESCAPES[code] ?? code),
  );
}

/** What happened to the lines of one file. */
export interface LineChanges {
  /** New and changed lines; `whole`: every line. */
  readonly whole: boolean;
  readonly changed: readonly Stretch[];
}

export const WHOLE: LineChanges = { whole: true, changed: [] };

export function lineChanges(hunks: readonly Hunk[]): LineChanges {
  return { whole: false, changed: hunks.map(({ now }) => now).filter(({ count }) => count > 0) };
}

/** Changes up to a middle state, in the lines of the last one: `later` leads from the middle to the last. */
export function moved({ whole, changed }: LineChanges, later: readonly Hunk[]): LineChanges {
  if (whole) return WHOLE;
  const rows = changed.flatMap(({ start, count }) => Array.from({ length: count }, (_, i) => start + i));
  const kept = rows.map((row) => movedRow(row, later)).filter((row) => row !== null);
  return { whole, changed: kept.map((start) => ({ start, count: 1 })) };
}

/** Null for a line that changed again. */
function movedRow(row: number, hunks: readonly Hunk[]): number | null {
  let drift = 0;
  for (const { old, now } of hunks) {
    const behind = old.count === 0 ? row > old.start : row >= old.start + old.count;
    if (!behind) return old.count > 0 && row >= old.start ? null : row + drift;
    drift += now.count - old.count;
  }
  return row + drift;
}
