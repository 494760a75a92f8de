import { type Edit, offset } from '@danglint/core';

/** Writes `text` over `[start, end)`. */
export function replacement(start: number, end: number, text: string): Edit {
  return { start: offset(start), end: offset(end), text };
}

/** Writes `text` at an offset. */
export function insertion(at: number, text: string): Edit {
  return replacement(at, at, text);
}
