import type { Edit, ImportRequest } from '@danglint/core';

/** The text of a fix. */
export interface Written {
  readonly edits: readonly Edit[];
  readonly imports: readonly ImportRequest[];
}

/**
 * Puts edits in order. An insertion right before a replacement at the same place is joined with it, so that edits of one
 * fix never touch.
 */
export function finished(edits: readonly Edit[], imports: readonly ImportRequest[]): Written {
  const sorted = edits
    .map((edit, i) => ({ edit, i }))
    .sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.i - b.i);
  const out: Edit[] = [];
  for (const { edit } of sorted) {
    const last = out.at(-1);
    if (edit.start === edit.end && edit.text === '') continue;
    if (last !== undefined && last.end === edit.start)
      out[out.length - 1] = { start: last.start, end: edit.end, text: last.text + edit.text };
    else out.push(edit);
  }
  return { edits: out, imports };
}
