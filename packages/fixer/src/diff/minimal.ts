import type { Edit } from '@danglint/core';
import { replacement } from '../build/edit.ts';
import { gitLines, lineChanges } from './hunks.ts';

/** The edits that turn one text into another, one for each changed stretch of lines, cut down to what differs. */
export function minimalEdits(before: string, after: string): readonly Edit[] {
  const old = gitLines(before);
  const now = gitLines(after);
  const oldStarts = starts(old);
  const newStarts = starts(now);
  return lineChanges(old, now).map((change) => {
    const from = oldStarts[change.oldStart] ?? before.length;
    const to = oldStarts[change.oldEnd] ?? before.length;
    const text = after.slice(
      newStarts[change.newStart] ?? after.length,
      newStarts[change.newEnd] ?? after.length,
    );
    return trimmed(before, from, to, text);
  });
}

function starts(lines: readonly string[]): readonly number[] {
  let at = 0;
  return lines.map((line) => {
    const start = at;
    at += line.length;
    return start;
  });
}

/** Without the text that both sides share at their ends; a surrogate pair or a CRLF is never cut apart. */
function trimmed(before: string, start: number, end: number, text: string): Edit {
  let head = 0;
  const most = Math.min(end - start, text.length);
  while (head < most && before[start + head] === text[head]) head++;
  if (cutsPair(before, start + head) || cutsPair(text, head)) head--;
  let tail = 0;
  while (tail < most - head && before[end - 1 - tail] === text[text.length - 1 - tail]) tail++;
  if (tail > 0 && (cutsPair(before, end - tail) || cutsPair(text, text.length - tail))) tail--;
  return replacement(start + head, end - tail, text.slice(head, text.length - tail));
}

function cutsPair(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return false;
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  return (
    (before >= 0xd800 && before < 0xdc00 && after >= 0xdc00 && after < 0xe000) ||
    (before === 13 && after === 10)
  );
}
