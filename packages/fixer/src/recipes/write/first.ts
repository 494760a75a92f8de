import type { Attribute, Call, Expr, ImportRequest } from '@danglint/core';

/** `receiver.get(...)` as `receiver.filter(...).first()`: what to write for two stretches of the source. */
export interface FirstText {
  /** The method's name. */
  readonly name: { readonly start: number; readonly end: number; readonly text: string };
  readonly tail: { readonly at: number; readonly text: string };
  readonly imports?: readonly ImportRequest[];
}

/** Null when the lookup is not a plain `.get(...)` or `.aget(...)`. */
export function firstText(text: string, call: Call | null): FirstText | null {
  if (call === null || call.func.kind !== 'Attribute') return null;
  const { attr } = call.func;
  const start = methodStart(text, call.func);
  if (start === null || (attr !== 'get' && attr !== 'aget')) return null;
  const first = attr === 'aget' ? 'afirst' : 'first';
  if (call.args.length === 0 && isFresh(call.func.value))
    return { name: { start, end: start + attr.length, text: first }, tail: { at: call.end, text: '' } };
  return {
    name: { start, end: start + attr.length, text: 'filter' },
    tail: { at: call.end, text: `.${first}()` },
  };
}

/** True for a queryset that was made on the spot: `first()` cannot answer from what was read of it before. */
function isFresh(value: Expr): boolean {
  return (
    value.kind === 'Call' &&
    value.func.kind === 'Attribute' &&
    /^(?:filter|exclude|select_related|prefetch_related|only|defer|using|select_for_update|order_by)$/.test(
      value.func.attr,
    )
  );
}

function methodStart(text: string, { attr, end }: Attribute): number | null {
  const start = end - attr.length;
  return text.slice(start, end) === attr ? start : null;
}

/** The text of an expression around the lookup with the call rewritten. */
export function withFirst(text: string, value: Expr, { name, tail }: FirstText): string {
  return (
    text.slice(value.start, name.start) +
    name.text +
    text.slice(name.end, tail.at) +
    tail.text +
    text.slice(tail.at, value.end)
  );
}

/** The newline and indentation before `.first()` where the method of the lookup starts a line of its own, inside brackets. */
export function fluentGap(text: string, { name }: FirstText): string {
  return (
    /(?<!\\|\\\r)(?:\r\n|\n|\r)[ \t]*(?=\.$)/.exec(
      text.slice(Math.max(0, name.start - 200), name.start),
    )?.[0] ?? ''
  );
}
