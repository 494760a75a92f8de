import { type FunctionInfo, parts, type Program } from '../project/index.ts';
import { chainStart, dottedName, type Expr, stmtExprs, walkExpr, walkStmts } from '../syntax/index.ts';
import { conditions } from './conditions.ts';
import type { FoundLookup } from './find-lookups.ts';
import { onlyValue } from './only-value.ts';
import { testedAt } from './tested.ts';

/** How many names stand between rows and where they come from. */
const STEPS = 4;

/**
 * True behind a test of the very rows that are asked, or of others that were chosen by all that the lookup asks for:
 * `rows.latest() if len(rows) > 1 else None`, `if order.lines.filter(paid=True): order.lines.get(paid=True)`.
 */
export function askedWhetherAny(program: Program, lookup: FoundLookup): boolean {
  const { form, expr, place, model } = lookup;
  if (expr.kind !== 'Call' || expr.func.kind !== 'Attribute') return false;
  const { fn } = place;
  const name = dottedName(expr.func.value);
  if (form === 'ordered' && name !== null)
    if (testedAt(fn.body, expr, (part) => dottedName(part) === name) !== null) return true;
  const asked = chosen(expr, fn);
  return (
    asked.from !== null &&
    testedAt(fn.body, expr, (part) => {
      if (!bareTests(fn).has(part)) return false;
      const isRows = parts(program.infer.expr(part, fn)).some(
        (type) => type.t === 'queryset' && type.rows.model.key === model.key,
      );
      if (!isRows) return false;
      const tested = chosen(part, fn);
      return tested.from === asked.from && asked.by.every((condition) => tested.by.includes(condition));
    }) !== null
  );
}

const known = new WeakMap<FunctionInfo, ReadonlySet<Expr>>();

/** Names and calls whose own truth tests of a function ask for, or whose length. */
function bareTests(fn: FunctionInfo): ReadonlySet<Expr> {
  const before = known.get(fn);
  if (before !== undefined) return before;
  const out = new Set<Expr>();
  walkStmts(fn.body, (stmt) => {
    if (stmt.kind === 'If' || stmt.kind === 'Assert' || stmt.kind === 'While') bare(stmt.test, out);
    for (const expr of stmtExprs(stmt))
      walkExpr(expr, (part) => {
        if (part.kind === 'IfExp') bare(part.test, out);
        if (part.kind === 'BoolOp') bare(part, out);
      });
  });
  known.set(fn, out);
  return out;
}

function bare(test: Expr, out: Set<Expr>): void {
  if (test.kind === 'UnaryOp') bare(test.operand, out);
  if (test.kind === 'BoolOp') for (const side of [test.left, test.right]) bare(side, out);
  if (test.kind === 'Compare') for (const side of test.operands) if (lengthOf(side) !== null) bare(side, out);
  if (test.kind === 'Name' || test.kind === 'Call') out.add(lengthOf(test) ?? test);
}

/** `rows` of `len(rows)`. */
function lengthOf(expr: Expr): Expr | null {
  return expr.kind === 'Call' && expr.func.kind === 'Name' && expr.func.id === 'len'
    ? (expr.args[0]?.value ?? null)
    : null;
}

/** Where rows come from, and what they were chosen by, through the names that they have. */
function chosen(
  expr: Expr,
  fn: FunctionInfo,
  steps = STEPS,
): { readonly from: string | null; readonly by: readonly string[] } {
  const start = chainStart(expr);
  const value = start.kind === 'Name' && steps > 0 ? onlyValue(start, fn) : null;
  const by = conditions(expr);
  if (value === null) return { from: dottedName(start), by };
  const before = chosen(value, fn, steps - 1);
  return { from: before.from, by: [...by, ...before.by] };
}
