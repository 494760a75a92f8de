import { type ClassInfo, type FunctionInfo, parts, type Program } from '../project/index.ts';
import { enclosingStmts, type Expr } from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';
import { onlyValue } from './only-value.ts';
import { stepOf } from './origin-steps.ts';
import { checksItself } from './own-checks.ts';
import { ranBefore } from './ran-before.ts';
import { stmtCalls } from './stmt-calls.ts';

/** What a validator holds once it was checked. What `cleaned_data` and `validated_data` hold is known by its origin. */
const DATA = /^(data|object)$/;

/**
 * True for `validator.data["order_id"]` behind `validator.is_valid()`, where the class of the validator refuses ids without a row
 * (`validate_order_id`).
 */
export function isCheckedData(program: Program, { place: { fn }, expr }: FoundLookup, key: Expr): boolean {
  const read = itemOf(valueOf(key, fn));
  if (read === null) return false;
  const holder = valueOf(read.of, fn);
  if (holder.kind !== 'Attribute' || !DATA.test(holder.attr) || holder.value.kind !== 'Name') return false;
  const { id } = holder.value;
  const around = enclosingStmts(fn.body, expr).filter(
    (stmt) =>
      stmt.kind === 'If' && stmt.body.some(({ start, end }) => start <= expr.start && expr.end <= end),
  );
  const checked = [...ranBefore(fn.body, expr), ...around].some((stmt) =>
    stmtCalls(stmt).some(
      ({ func }) =>
        func.kind === 'Attribute' &&
        func.attr === 'is_valid' &&
        func.value.kind === 'Name' &&
        func.value.id === id,
    ),
  );
  return (
    checked && classesOf(program, holder.value, fn).some((cls) => checksItself(program, cls, read.name, fn))
  );
}

function classesOf(program: Program, value: Expr, fn: FunctionInfo): readonly ClassInfo[] {
  return parts(program.infer.expr(value, fn)).flatMap((type) => (type.t === 'instance' ? [type.cls] : []));
}

/** `data["order_id"]` and `data.get("order_id")`: what is read, and of what. */
function itemOf(expr: Expr): { readonly of: Expr; readonly name: string } | null {
  const isGet = expr.kind === 'Call' && expr.func.kind === 'Attribute' && expr.func.attr === 'get';
  const [of, index] =
    expr.kind === 'Subscript'
      ? [expr.value, expr.index]
      : isGet && expr.func.kind === 'Attribute'
        ? [expr.func.value, expr.args[0]?.value]
        : [];
  const name = index === undefined ? null : stepOf(index);
  return of === undefined || typeof name !== 'string' ? null : { of, name };
}

/** What stands behind a name; the expression itself where nothing tells. */
function valueOf(expr: Expr, fn: FunctionInfo): Expr {
  return (expr.kind === 'Name' ? onlyValue(expr, fn) : null) ?? expr;
}
