import { ROW_MAP_METHODS } from '../django/index.ts';
import type { FunctionInfo } from '../project/index.ts';
import type { Expr, Subscript } from '../syntax/index.ts';
import { sitesOf } from './site-table.ts';
import type { CodeSite } from './sites.ts';

/** Questions about single expressions, without a look at the tests around them. */
export interface CandidateHooks {
  /** True when a call or an attribute may give None for a missing row. */
  readonly optional: (expr: Expr) => boolean;
  /** True when `rows[0]` reads a queryset. */
  readonly first: (expr: Subscript) => boolean;
}

/** True when something in a function's body may be an optional row or an unchecked item: all others need no walk along their paths. */
export function hasCandidates(fn: FunctionInfo, hooks: CandidateHooks): boolean {
  return (
    sitesOf(fn.module)
      .sites.get(fn)
      ?.some((site) => isCandidate(site, hooks)) ?? false
  );
}

function isCandidate(site: CodeSite, hooks: CandidateHooks): boolean {
  switch (site.kind) {
    case 'call':
      return hooks.optional(site.expr);
    case 'attribute':
      return ROW_MAP_METHODS.has(site.expr.attr) || hooks.optional(site.expr);
    case 'map':
      return true;
    case 'first':
      return hooks.first(site.expr);
    default:
      return false;
  }
}
