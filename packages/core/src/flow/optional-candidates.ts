import { ROW_MAP_METHODS } from '../django/index.ts';
import type { FunctionInfo } from '../project/index.ts';
import { type Expr, type Subscript, walkOwnExprs } from '../syntax/index.ts';

/** Questions about single expressions, without a look at the tests around them. */
export interface CandidateHooks {
  /** True when a call or an attribute may give None for a missing row. */
  readonly optional: (expr: Expr) => boolean;
  /** True when `rows[0]` reads a queryset. */
  readonly first: (expr: Subscript) => boolean;
}

/** True when something in a function's body may be an optional row or an unchecked item: all others need no walk along their paths. */
export function hasCandidates(fn: FunctionInfo, hooks: CandidateHooks): boolean {
  let found = false;
  walkOwnExprs(fn.body, (expr) => {
    if (!found) found = isCandidate(expr, hooks);
  });
  return found;
}

function isCandidate(expr: Expr, hooks: CandidateHooks): boolean {
  switch (expr.kind) {
    case 'Call':
      return hooks.optional(expr);
    case 'Attribute':
      return ROW_MAP_METHODS.has(expr.attr) || hooks.optional(expr);
    case 'DictComp':
      return true;
    case 'Subscript':
      return hooks.first(expr);
    default:
      return false;
  }
}
