import type { Expr, Stmt } from '@danglint/core';
import { flatten } from '../../build/flatten.ts';
import { type FlatStatement, layout, type Room } from '../../build/layout.ts';
import { indentOf } from '../../build/lines.ts';
import { movableLines } from '../../build/shift.ts';
import type { Site } from './site.ts';

/** A statement of one value, cut around it; null for other statements and for what cannot be put on one line. */
export function flatStatement(text: string, stmt: Stmt, value: Expr): FlatStatement | null {
  let prefix = flatten(text, stmt.start, value.start);
  const flat = flatten(text, value.start, value.end);
  let suffix = flatten(text, value.end, stmt.end);
  if (prefix === null || flat === null || suffix === null) return null;
  prefix = spaced(prefix);
  while (/(?:^|[=\s])\($/.test(prefix) && suffix.startsWith(')')) {
    prefix = prefix.slice(0, -1);
    suffix = suffix.slice(1);
  }
  return { prefix, value: flat, suffix: /^\w/.test(suffix) ? ` ${suffix}` : suffix };
}

/** `flatten` drops the gaps at both ends of what it joins: the one before a value comes back here. */
function spaced(prefix: string): string {
  return /[=\w]$/.test(prefix) ? `${prefix} ` : prefix;
}

/**
 * The statement as a formatter would write it with another value or another indentation. Null when the original is not laid
 * out like that, or the change fits where it is: then the author's own lines are kept.
 */
export function restated(
  site: Site,
  before: FlatStatement | null,
  after: FlatStatement | null,
  from: Room,
  to: Room,
): string | null {
  const { request, place, style } = site;
  if (before === null || after === null) return null;
  const original = request.source.text.slice(place.stmt.start, place.stmt.end);
  if (layout(before, from).join(style.newline) !== original) return null;
  const text = layout(after, to).join(style.newline);
  return /[\r\n]/.test(text) || /[\r\n]/.test(original) ? text : null;
}

/** A stretch of source moved to another indentation: its lines keep their depth relative to the first one. */
export function moved(text: string, start: number, end: number, to: string): string {
  const from = indentOf(text, start);
  let out = '';
  let at = start;
  for (const line of movableLines(text, start, end)) {
    out += text.slice(at, line);
    const keeps = text.startsWith(from, line);
    if (keeps) out += to;
    at = keeps ? line + from.length : line;
  }
  return out + text.slice(at, end);
}
