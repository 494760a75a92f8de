declare const utf16: unique symbol;

/** A position in a text, counted in UTF-16 code units from its start. The byte order mark is not part of a text. */
export type Offset = number & { readonly [utf16]: true };

/** Marks a plain number as a UTF-16 offset. The caller vouches for the unit. */
export function offset(value: number): Offset {
  return value as Offset;
}

/**
 * An offset behind every text: V8's strings are shorter. It is a small integer to V8 on all its builds (31 bits): one greater
 * number in a field would have V8 keep the offsets of all objects of that shape as boxed doubles.
 */
export const BEHIND_ALL = offset(2 ** 30 - 1);

/** A half-open range `[start, end)` of a text. */
export interface Span {
  readonly start: Offset;
  readonly end: Offset;
}

export function span(start: number, end: number): Span {
  return { start: offset(start), end: offset(end) };
}

/** True when `outer` holds all of `inner` (equal ranges included). */
export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** True when two ranges share at least one code unit, or one is an empty range strictly inside the other. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
