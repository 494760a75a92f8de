import type { Program } from '../project/index.ts';
import { type Expr, stmtExprs, walkExpr } from '../syntax/index.ts';
import { asksForOne } from './after-several.ts';
import type { FoundLookup } from './find-lookups.ts';
import { ranBefore } from './ran-before.ts';
import { lastName } from './site-table.ts';

/** Names of functions that bring a row about. */
const MAKES =
  /(^|_)(create|save|add|make|insert|register|ensure|provision|import|build|setup|init|initialize|populate|generate)(d|s)?(_|$)/;

/**
 * True where a row is asked for again after it was missed, by all that it was asked by before, and something was called in between
 * that makes one: `except Order.DoesNotExist: import_order(number)`, then `Order.objects.get(number=number)`.
 */
export function afterOwnMiss(program: Program, lookup: FoundLookup): boolean {
  if (lookup.form !== 'get') return false;
  for (let frame = lookup.place.frame; frame !== null; frame = frame.parent) {
    if (frame.kind !== 'handler') continue;
    const { type, body } = frame.handler;
    return (
      type !== null &&
      isMiss(type) &&
      ranBefore(body, lookup.expr).some((stmt) => stmtExprs(stmt).some(makes)) &&
      asksForOne(program, frame.stmt.body, lookup)
    );
  }
  return false;
}

function isMiss(type: Expr): boolean {
  const types = type.kind === 'Tuple' ? type.elts : [type];
  return types.some((one) => (lastName(one) ?? '').endsWith('DoesNotExist'));
}

function makes(expr: Expr): boolean {
  let found = false;
  walkExpr(expr, (part) => {
    found ||= part.kind === 'Call' && MAKES.test(lastName(part.func) ?? '');
  });
  return found;
}
