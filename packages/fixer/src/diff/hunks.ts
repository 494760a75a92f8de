import { diffArrays } from 'diff';

/** Lines `[oldStart, oldEnd)` of one text that became lines `[newStart, newEnd)` of another; lines count from 0. */
export interface Change {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}

/** The lines of a text, each with its ending, as git cuts them: at `\n` alone. */
export function gitLines(text: string): readonly string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

/** The stretches of lines that differ, in order, as few as can be. */
export function lineChanges(before: readonly string[], after: readonly string[]): readonly Change[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const changes: Change[] = [];
  let old = head;
  let now = head;
  let open: Change | null = null;
  for (const part of diffArrays(
    before.slice(head, before.length - tail),
    after.slice(head, after.length - tail),
  )) {
    const count = part.value.length;
    if (part.added || part.removed) {
      open ??= { oldStart: old, oldEnd: old, newStart: now, newEnd: now };
      if (part.removed) old += count;
      else now += count;
      open = { ...open, oldEnd: old, newEnd: now };
    } else {
      if (open !== null) changes.push(open);
      open = null;
      old += count;
      now += count;
    }
  }
  if (open !== null) changes.push(open);
  return changes;
}
