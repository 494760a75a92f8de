/** Chains: `shop.models.Order`, and calls of methods on what the one before gave. */
import type { Expr } from './expr.ts';

/** `a.b.c` for a chain of names; null for anything else. */
export function dottedName(expr: Expr): string | null {
  if (expr.kind === 'Name') return expr.id;
  if (expr.kind !== 'Attribute') return null;
  const base = dottedName(expr.value);
  return base === null ? null : `${base}.${expr.attr}`;
}

/** What the first method of a chain of calls is called on: `event.orders` of `event.orders.filter(...).get()`; `expr` itself where it is no such call. */
export function chainStart(expr: Expr): Expr {
  let current = expr;
  while (current.kind === 'Call' && current.func.kind === 'Attribute') current = current.func.value;
  return current;
}
