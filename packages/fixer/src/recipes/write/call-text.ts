import type { Call } from '@danglint/core';
import { flatten } from '../../build/flatten.ts';

/** `rows.get(...)` as `other(rows, ...)`: the new first argument with what joins it to the others, and where these begin. */
export function callText(
  text: string,
  { func, args }: Call,
  subject?: string,
): { readonly arguments: string; readonly end: number } | null {
  if (func.kind !== 'Attribute') return null;
  const open = text.indexOf('(', func.end);
  if (open < 0 || text.slice(func.end, open).trim() !== '') return null;
  const receiver =
    subject ?? flatten(text, func.start, func.value.end) ?? text.slice(func.start, func.value.end);
  const gap = /^[ \t]*(?:\r\n|\n|\r)[ \t]*(?=[^\s#])/.exec(text.slice(open + 1))?.[0];
  if (args.length === 0) return { arguments: receiver, end: open + 1 };
  return gap === undefined
    ? { arguments: `${receiver}, `, end: open + 1 }
    : { arguments: `${gap}${receiver},`, end: open + 1 };
}
