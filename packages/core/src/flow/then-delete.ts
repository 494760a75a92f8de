import { parts, type Program } from '../project/index.ts';
import { type Expr, opensScope, type Stmt, stmtExprs, walkExpr, walkStmts } from '../syntax/index.ts';
import { blockOf } from './block-of.ts';
import type { FoundLookup } from './find-lookups.ts';
import type { Defect } from './verdict.ts';

type ThenDelete = Extract<Defect, { kind: 'then-delete' }>;

/** `M.objects.get(...).delete()` as a statement; or `row = M.objects.get(...)` right before `row.delete()`, and no other use of it. */
export function thenDelete(program: Program, lookup: FoundLookup): ThenDelete | null {
  const { stmt } = lookup.place;
  const after = stmt.kind === 'Assign' ? deletesName(lookup, stmt) : stmt;
  if (after?.kind !== 'ExprStmt') return null;
  const call = unwrapAwait(after.value);
  if (call.kind !== 'Call' || call.func.kind !== 'Attribute') return null;
  if (after === stmt && unwrapAwait(call.func.value) !== lookup.expr) return null;
  const method = call.func.attr;
  if (!/^(a?delete|update)$/.test(method) || (after !== stmt && call.args.length > 0)) return null;
  const overridden = overrides(program, lookup, method);
  const next = after === stmt ? null : { start: after.start, end: after.end };
  const beside = isOfRow(program, lookup) && goesOn(lookup.place.fn.body, after.end);
  return {
    kind: 'then-delete',
    at: call,
    method,
    next,
    ...(overridden === null ? {} : { overridden }),
    beside,
  };
}

/** `Payment.objects.get(order=order)`, `Payment.objects.get(order_id=order.pk)`, `order.payment`. */
function isOfRow(program: Program, { expr, place: { fn } }: FoundLookup): boolean {
  const deleted = fn.name === 'perform_destroy' ? fn.params[1]?.name : undefined;
  const isRow = (part: Expr): boolean =>
    (part.kind === 'Name' && part.id === deleted) ||
    parts(program.infer.expr(part, fn)).some(({ t }) => t === 'row');
  const ofRow = (part: Expr): boolean =>
    isRow(part) || (part.kind === 'Attribute' && /^(pk|id)$|_id$/.test(part.attr) && isRow(part.value));
  return expr.kind === 'Attribute' || expr.args.some(({ value }) => ofRow(value));
}

/** True when a function does more behind a place than to return. */
function goesOn(body: readonly Stmt[], end: number): boolean {
  let more = false;
  walkStmts(body, (stmt) => {
    const { kind, start } = stmt;
    more ||= start >= end && kind !== 'Pass' && (kind !== 'Return' || callsSuper(stmt));
  });
  return more;
}

/** `return super().form_valid(form)`: the method that is extended does the rest. */
function callsSuper(stmt: Stmt): boolean {
  let found = false;
  for (const expr of stmtExprs(stmt))
    walkExpr(expr, (part) => {
      found ||= part.kind === 'Call' && part.func.kind === 'Name' && part.func.id === 'super';
    });
  return found;
}

/** The next statement, when it asks the row to delete itself and nothing else of the function reads the name. */
function deletesName(
  { place: { fn }, expr }: FoundLookup,
  stmt: Extract<Stmt, { kind: 'Assign' }>,
): Stmt | null {
  const [target, other] = stmt.targets;
  if (target?.kind !== 'Name' || other !== undefined || stmt.annotation !== null) return null;
  if (stmt.value === null || unwrapAwait(stmt.value) !== expr) return null;
  const block = blockOf(fn.body, stmt);
  const next = block[block.indexOf(stmt) + 1];
  if (next?.kind !== 'ExprStmt') return null;
  const call = unwrapAwait(next.value);
  const own = call.kind === 'Call' && call.func.kind === 'Attribute' && /^a?delete$/.test(call.func.attr);
  if (!own || call.func.value.kind !== 'Name' || call.func.value.id !== target.id) return null;
  return fn.def !== null && mentions(fn.body, target.id) === 2 ? next : null;
}

/** How often a function's body names something, in functions inside it too. */
function mentions(body: readonly Stmt[], name: string): number {
  let count = 0;
  walkStmts(body, (stmt) => {
    if ((stmt.kind === 'Global' || stmt.kind === 'Nonlocal') && stmt.names.includes(name)) count += 2;
    if (opensScope(stmt) && stmt.kind === 'FunctionDef' && stmt.params.some((param) => param.name === name))
      count++;
    for (const expr of stmtExprs(stmt))
      walkExpr(expr, (part) => {
        if (part.kind === 'Name' && part.id === name) count++;
      });
  });
  return count;
}

function unwrapAwait(expr: Expr): Expr {
  return expr.kind === 'Await' ? expr.value : expr;
}

/** Whether the model, its manager or its queryset has a method of its own where Django's would run; null when not all bases are read. */
function overrides(program: Program, lookup: FoundLookup, method: string): boolean | null {
  const { hierarchy } = program;
  const classes = [lookup.model.cls, lookup.rows?.cls ?? null].filter((cls) => cls !== null);
  if (classes.some((cls) => hierarchy.member(cls, method) !== null)) return true;
  const read =
    lookup.model.cls !== null &&
    hierarchy.externalBases(lookup.model.cls).every((base) => base.startsWith('django.'));
  const plain =
    lookup.rows !== null &&
    (lookup.rows.cls === null
      ? !lookup.rows.custom
      : hierarchy.member(lookup.rows.cls, 'get_queryset') === null);
  return read && plain ? false : null;
}
