import { reaching } from '../scope/index.ts';
import { enclosingStmts, type Expr, type Stmt } from '../syntax/index.ts';
import { argumentsOf } from './arguments.ts';
import type { CallGraph } from './call-graph.ts';
import { noneCheck } from './defects.ts';
import type { FoundLookup } from './find-lookups.ts';
import { onlyValue } from './only-value.ts';
import { outsideTests } from './test-code.ts';
import type { Guard } from './verdict.ts';

/**
 * `if order is None: order = Order.objects.get(pk=pk)` of a parameter that everybody who calls the function gives an item of a loop
 * over rows: nobody asks for the lookup. Null where somebody may.
 */
export function filledByCallers(graph: CallGraph, lookup: FoundLookup): Guard | null {
  const { fn } = lookup.place;
  const param = fn.params.find(
    ({ name, default: value }) => value !== null && isMissing(fn.body, lookup.expr, name),
  );
  if (param === undefined) return null;
  const edges = outsideTests(graph.callers(fn), fn.path);
  const [first] = edges;
  const filled = edges.every(({ expr, kind, place }) => {
    const given =
      kind === 'call' && expr.kind === 'Call' ? argumentsOf(fn, expr, place.fn).get(param.name) : undefined;
    return given !== undefined && given.fn === place.fn && isItem(given.expr, place.fn);
  });
  return first === undefined || !filled
    ? null
    : {
        kind: 'loaded',
        path: first.place.fn.path,
        span: first.expr,
        detail: `every caller gives \`${param.name}\``,
      };
}

/** The place stands in `if name is None:` or `if not name:`, and nothing else has bound the name before. */
function isMissing(body: readonly Stmt[], at: Expr, name: string): boolean {
  return enclosingStmts(body, at).some(
    (stmt) =>
      stmt.kind === 'If' &&
      stmt.body.some(({ start, end }) => start <= at.start && at.end <= end) &&
      isAbsence(stmt.test, name),
  );
}

function isAbsence(test: Expr, name: string): boolean {
  const isNot = test.kind === 'Compare' && (test.ops[0] === 'is not' || test.ops[0] === '!=');
  return !isNot && test.kind !== 'BoolOp' && noneCheck(test, name, true) !== null;
}

/** An item of a loop over rows: what `filter`, `all` and the like give has no `None` in it. */
function isItem(expr: Expr, fn: Parameters<typeof argumentsOf>[0]): boolean {
  if (expr.kind !== 'Name') return false;
  const bindings = reaching(fn.scope.bindings.get(expr.id) ?? [], expr.start);
  return (
    bindings.length > 0 &&
    bindings.every(
      ({ source }) => source.kind === 'for' && source.steps.length === 0 && isRows(source.iter, fn),
    )
  );
}

/** `rows.filter(...)`, alone, behind a name or in a list. */
function isRows(iter: Expr, fn: Parameters<typeof argumentsOf>[0]): boolean {
  if (iter.kind === 'Name') {
    const value = onlyValue(iter, fn);
    return value !== null && value.kind !== 'Name' && isRows(value, fn);
  }
  if (iter.kind !== 'Call') return false;
  const [only] = iter.args;
  if (iter.func.kind === 'Name' && iter.func.id === 'list' && only !== undefined)
    return isRows(only.value, fn);
  return (
    iter.func.kind === 'Attribute' &&
    /^(filter|exclude|all|order_by|select_related|prefetch_related|iterator)$/.test(iter.func.attr)
  );
}
