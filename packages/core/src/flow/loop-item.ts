import type { FunctionInfo } from '../project/index.ts';
import { type Comprehension, type Expr, isComprehension, type Stmt, walkExpr } from '../syntax/index.ts';

type Loop = Comprehension | Stmt;

/**
 * True when what a lookup asks by changes from one pass of the loop to the next: a name that the loop binds, or, in a `while`, what a call
 * gives or an attribute of `self` holds. `order.state = ...` binds no name.
 */
export function isByItem(lookup: Expr, loop: Loop, { scope, isMethod, params }: FunctionInfo): boolean {
  const bound = new Set<string>();
  for (const [name, bindings] of scope.bindings)
    if (bindings.some(({ at }) => loop.start <= at.start && at.end <= loop.end)) bound.add(name);
  if (isComprehension(loop))
    for (const { target } of loop.generators)
      walkExpr(target, (part) => part.kind === 'Name' && bound.add(part.id));
  if (loop.kind === 'While' && isMethod && params[0] !== undefined) bound.add(params[0].name);
  return mentions(lookup, bound) || (loop.kind === 'While' && asksByCall(lookup));
}

function mentions(expr: Expr, names: ReadonlySet<string>): boolean {
  let found = false;
  walkExpr(expr, (part) => {
    found ||= part.kind === 'Name' && names.has(part.id);
  });
  return found;
}

/** `orders.get(pk=queue.pop())`. */
function asksByCall(lookup: Expr): boolean {
  let found = false;
  const look = (expr: Expr): void =>
    walkExpr(expr, (part) => {
      found ||= part.kind === 'Call';
    });
  if (lookup.kind === 'Call') for (const { value } of lookup.args) look(value);
  return found;
}
