import type { FunctionInfo } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import type { Expr } from '../syntax/index.ts';
import type { Fate } from './escape.ts';
import type { FoundLookup } from './find-lookups.ts';
import type { Defect } from './verdict.ts';

/** How many names and conversions a key may hide behind. */
const MAX_STEPS = 4;

/**
 * A key out of `**kwargs` of a function that nobody here calls: nothing tells who puts it there, and what was asked before. What a
 * decorator makes of other functions is called in their place.
 */
export function looseKey(
  { place: { fn } }: FoundLookup,
  { escapes, callers }: Fate,
  key: Expr | null,
): Defect[] {
  const isUncalled = callers.length === 0 && escapes.every(({ entry }) => entry.kind === 'uncalled');
  return key !== null && fn.parent?.def == null && isUncalled && isLoose(key, fn, MAX_STEPS)
    ? [{ kind: 'loose-key', at: key }]
    : [];
}

function isLoose(expr: Expr, fn: FunctionInfo, steps: number): boolean {
  if (steps === 0) return false;
  if (expr.kind === 'Name') {
    const bindings = reaching(fn.scope.bindings.get(expr.id) ?? [], expr.start);
    return (
      bindings.length > 0 &&
      bindings.every(
        ({ source }) =>
          source.kind === 'assign' &&
          source.steps.length === 0 &&
          source.value !== null &&
          isLoose(source.value, fn, steps - 1),
      )
    );
  }
  if (expr.kind === 'Subscript') return isKeywords(expr.value, fn);
  if (expr.kind !== 'Call') return false;
  const { func, args } = expr;
  if (func.kind === 'Attribute') return /^(get|pop)$/.test(func.attr) && isKeywords(func.value, fn);
  const [only, other] = args;
  return (
    func.kind === 'Name' &&
    /^(int|str|UUID)$/.test(func.id) &&
    only !== undefined &&
    other === undefined &&
    isLoose(only.value, fn, steps - 1)
  );
}

function isKeywords(expr: Expr, { params }: FunctionInfo): boolean {
  return expr.kind === 'Name' && params.some(({ name, star }) => star === 2 && name === expr.id);
}
