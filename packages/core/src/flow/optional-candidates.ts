import { ROW_MAP_METHODS } from '../django/index.ts';
import { type CodeSite, type FunctionInfo, functionSites, sitesOf } from '../project/index.ts';
import type { Call, Expr, Subscript } from '../syntax/index.ts';
import { lastName } from './site-table.ts';

/** Questions about single expressions, without a look at the tests around them. */
export interface CandidateHooks {
  /** True when a call or an attribute may give None for a missing row. */
  readonly optional: (expr: Expr) => boolean;
  /** True when `rows[0]` reads a queryset. */
  readonly first: (expr: Subscript) => boolean;
  /** True when a queryset is taken apart into one name. */
  readonly unpacked: (target: Expr, value: Expr) => boolean;
}

/** True when something in a function's body may be an optional row or an unchecked item: all others need no walk along their paths. */
export function hasCandidates(fn: FunctionInfo, hooks: CandidateHooks): boolean {
  return (
    sitesOf(fn).some((site) => isCandidate(site, hooks)) ||
    functionSites(fn).given.some(
      ({ target, value, by }) => by === 'assignment' && value !== null && hooks.unpacked(target, value),
    )
  );
}

function isCandidate(site: CodeSite, hooks: CandidateHooks): boolean {
  switch (site.kind) {
    case 'call':
      return (
        ROW_MAP_METHODS.has(lastName(site.expr.func) ?? '') ||
        isDictOf(site.expr) ||
        hooks.optional(site.expr)
      );
    case 'attribute':
      return isPut(site) || hooks.optional(site.expr);
    case 'map':
      return true;
    case 'first':
      return hooks.first(site.expr);
    default:
      return false;
  }
}

/** `dict(rows.values_list(...))`. */
export function isDictOf({ func, args }: Call): boolean {
  return (
    func.kind === 'Name' && func.id === 'dict' && args[0]?.name === null && args[0].value.kind === 'Call'
  );
}

/** `rows[row.id] = ...`: an item of a map that is filled in a loop. */
function isPut({ expr, place }: Extract<CodeSite, { kind: 'attribute' }>): boolean {
  return (
    place.stmt.kind === 'Assign' &&
    place.loop !== null &&
    place.stmt.targets.some((target) => target.kind === 'Subscript' && target.index === expr)
  );
}
