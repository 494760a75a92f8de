import type { FunctionInfo } from '../project/index.ts';
import type { Expr, Stmt } from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';
import type { Defect } from './verdict.ts';

/** The defect of a function that is only another name of one lookup: its callers get the row, or the exception. */
export function wrapperOf({ expr, place }: FoundLookup): Defect[] {
  const { fn } = place;
  if (fn.def === null || fn.def.generator || expr.kind !== 'Call') return [];
  return givesOnly(steps(fn), expr) ? [{ kind: 'wrapper', at: fn.def.nameSpan, function: fn.qualname }] : [];
}

/** The statements of a body that do something: no docstring, no import. */
function steps(fn: FunctionInfo): readonly Stmt[] {
  return fn.body.filter(
    (stmt) =>
      stmt.kind !== 'Import' &&
      stmt.kind !== 'ImportFrom' &&
      !(stmt.kind === 'ExprStmt' && stmt.value.kind === 'Constant'),
  );
}

/** `return lookup`, or `row = lookup` and `return row`; a first `if` without the lookup may leave early. */
function givesOnly(body: readonly Stmt[], lookup: Expr): boolean {
  const [first, ...rest] = body;
  if (first === undefined) return false;
  if (first.kind === 'Return') return rest.length === 0 && isLookup(first.value, lookup);
  if (first.kind === 'If')
    return (
      first.end <= lookup.start &&
      first.body.length === 1 &&
      first.orelse.length === 0 &&
      givesOnly(rest, lookup)
    );
  const [next, ...more] = rest;
  if (first.kind !== 'Assign' || !isLookup(first.value, lookup) || next?.kind !== 'Return' || more.length > 0)
    return false;
  const [target] = first.targets;
  return target?.kind === 'Name' && next.value?.kind === 'Name' && next.value.id === target.id;
}

function isLookup(value: Expr | null, lookup: Expr): boolean {
  return value === lookup || (value?.kind === 'Await' && value.value === lookup);
}
