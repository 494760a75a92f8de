import { type Edit, type LineIndex, offset } from '@danglint/core';

export type DiffLine =
  | { readonly kind: 'same' | 'added'; readonly text: string /** In the new text. */; readonly row: number }
  | { readonly kind: 'removed'; readonly text: string };

/** Lines of context around a change. */
const AROUND = 2;
/** Beyond this many lines a change is shown as all removed, all added. */
const LONG = 300;

/** The hunks of a change as lines. Edits must not overlap. */
export function lineDiff(lines: LineIndex, edits: readonly Edit[]): DiffLine[][] {
  const sorted = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
  const hunks: DiffLine[][] = [];
  let group: Edit[] = [];
  let drift = 0;
  const flush = (): void => {
    if (group.length === 0) return;
    const { hunk, growth } = oneHunk(lines, group, drift);
    if (hunk.some(({ kind }) => kind !== 'same')) hunks.push(hunk);
    drift += growth;
    group = [];
  };
  for (const edit of sorted) {
    const previous = group.at(-1);
    if (previous !== undefined && lines.lineOf(edit.start) - lines.lineOf(previous.end) > 2 * AROUND) flush();
    group.push(edit);
  }
  flush();
  return hunks;
}

function oneHunk(
  lines: LineIndex,
  edits: readonly Edit[],
  drift: number,
): { hunk: DiffLine[]; growth: number } {
  const first = Math.max(1, lines.lineOf(edits[0]?.start ?? offset(0)) - AROUND);
  const last = Math.min(lines.lineCount, lines.lineOf(edits.at(-1)?.end ?? offset(0)) + AROUND);
  const from = lines.startOfLine(first);
  const to = last === lines.lineCount ? offset(lines.text.length) : lines.startOfLine(last + 1);
  const before = splitLines(lines.text.slice(from, to));
  const after = splitLines(applied(lines.text, edits, from, to));
  const hunk = number(diff(before, after), first + drift);
  return { hunk: trimmed(hunk), growth: after.length - before.length };
}

/** The text of `[from, to)` after the edits. */
function applied(text: string, edits: readonly Edit[], from: number, to: number): string {
  let result = '';
  let at = from;
  for (const edit of edits) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at, to);
}

function splitLines(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

type Step = { readonly kind: DiffLine['kind']; readonly text: string };

/** Longest common subsequence of lines. */
function diff(before: readonly string[], after: readonly string[]): Step[] {
  if (before.length > LONG || after.length > LONG) {
    return [...before.map(step('removed')), ...after.map(step('added'))];
  }
  const longest = table(before, after);
  const steps: Step[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    const [old, fresh] = [before[i], after[j]];
    if (old !== undefined && old === fresh) {
      steps.push({ kind: 'same', text: old });
      i++;
      j++;
    } else if (old !== undefined && (fresh === undefined || at(longest, i + 1, j) >= at(longest, i, j + 1))) {
      steps.push({ kind: 'removed', text: old });
      i++;
    } else if (fresh !== undefined) {
      steps.push({ kind: 'added', text: fresh });
      j++;
    }
  }
  return steps;
}

const step =
  (kind: DiffLine['kind']) =>
  (text: string): Step => ({ kind, text });

/** `table[i][j]`: how many lines `before` from i and `after` from j have in common. */
function table(before: readonly string[], after: readonly string[]): number[][] {
  const rows = Array.from({ length: before.length + 1 }, () =>
    Array.from({ length: after.length + 1 }, () => 0),
  );
  for (let i = before.length - 1; i >= 0; i--) {
    const row = rows[i] ?? [];
    for (let j = after.length - 1; j >= 0; j--) {
      row[j] =
        before[i] === after[j]
          ? at(rows, i + 1, j + 1) + 1
          : Math.max(at(rows, i + 1, j), at(rows, i, j + 1));
    }
  }
  return rows;
}

function at(rows: readonly (readonly number[])[], i: number, j: number): number {
  return rows[i]?.[j] ?? 0;
}

function number(steps: readonly Step[], firstRow: number): DiffLine[] {
  let row = firstRow;
  return steps.map(({ kind, text }) => (kind === 'removed' ? { kind, text } : { kind, text, row: row++ }));
}

/** Leaves `AROUND` lines of context, blank ones at the rim dropped. */
function trimmed(hunk: readonly DiffLine[]): DiffLine[] {
  const changed = (line: DiffLine): boolean => line.kind !== 'same';
  let from = Math.max(0, hunk.findIndex(changed) - AROUND);
  let to = Math.min(hunk.length, hunk.findLastIndex(changed) + AROUND + 1);
  while (hunk[from]?.kind === 'same' && hunk[from]?.text.trim() === '') from++;
  while (hunk[to - 1]?.kind === 'same' && hunk[to - 1]?.text.trim() === '') to--;
  return hunk.slice(from, to);
}
