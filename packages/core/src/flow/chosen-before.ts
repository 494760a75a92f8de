import type { FunctionInfo } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { dottedName, type Expr, walkExpr } from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';

/**
 * True where the rows that a loop goes through were chosen by the very rows that are asked: `rows.get(a_id=item.a_id)` for the
 * items of `filter(a_id__in=rows.values("a_id"))`.
 */
export function chosenBySame({ expr, place: { fn } }: FoundLookup, key: Expr | null): boolean {
  if (expr.kind !== 'Call' || expr.func.kind !== 'Attribute' || key?.kind !== 'Attribute') return false;
  const asked = dottedName(expr.func.value);
  const column = expr.args.find(({ value }) => value === key)?.name ?? null;
  if (asked === null || column === null || key.value.kind !== 'Name') return false;
  const items = reaching(fn.scope.bindings.get(key.value.id) ?? [], key.start).flatMap(({ source }) =>
    source.kind === 'for' ? behind(source.iter, fn) : [],
  );
  return items.some((iter) => {
    let found = false;
    walkExpr(iter, (part) => {
      if (part.kind !== 'Call') return;
      const chosen = part.args.find(({ name }) => name === `${column}__in`)?.value;
      if (chosen !== undefined) found ||= names(chosen, asked);
    });
    return found;
  });
}

function behind(expr: Expr, fn: FunctionInfo): readonly Expr[] {
  if (expr.kind !== 'Name') return [expr];
  return reaching(fn.scope.bindings.get(expr.id) ?? [], expr.start).flatMap(({ source }) =>
    source.kind === 'assign' && source.value !== null ? [source.value] : [],
  );
}

function names(expr: Expr, name: string): boolean {
  let found = false;
  walkExpr(expr, (part) => {
    found ||= dottedName(part) === name;
  });
  return found;
}
