import { type FunctionInfo, parts } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { type Call, dottedName, type Expr, stmtExprs, walkExpr, walkStmts } from '../syntax/index.ts';
import type { CallGraph } from './call-graph.ts';
import type { FoundLookup } from './find-lookups.ts';
import { ranBefore } from './ran-before.ts';

/** Methods that leave a row behind. */
const WRITES = /^a?(get_or_create|update_or_create|create)$/;

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

/** True where a call before the lookup, of something that writes rows of the model, was given everything that the row is asked by. */
export function writtenByCall(graph: CallGraph, { expr, model, place }: FoundLookup): boolean {
  const { fn } = place;
  if (expr.kind !== 'Call' || model.cls === null || expr.args.length < 2) return false;
  const asked = expr.args.map(({ value }) => dottedName(value));
  if (asked.includes(null)) return false;
  const before = ranBefore(fn.body, expr);
  return graph.sites.of(fn).some((site) => {
    if (
      site.kind !== 'call' ||
      !before.some(({ start, end }) => start <= site.expr.start && site.expr.end <= end)
    )
      return false;
    const given = new Set(site.expr.args.map(({ value }) => dottedName(value)));
    if (site.expr.func.kind === 'Attribute') given.add(dottedName(site.expr.func.value));
    return (
      asked.every((name) => given.has(name)) &&
      graph.callees(site).some((callee) => writes(graph, callee, model.key))
    );
  });
}

function writes({ program }: CallGraph, fn: FunctionInfo, model: string): boolean {
  let found = false;
  const look = ({ func }: Call): void => {
    if (func.kind !== 'Attribute' || !WRITES.test(func.attr)) return;
    found ||= parts(program.infer.expr(func.value, fn)).some(
      (type) => (type.t === 'manager' || type.t === 'queryset') && type.rows.model.key === model,
    );
  };
  walkStmts(fn.body, (stmt) => {
    for (const expr of stmtExprs(stmt))
      walkExpr(expr, (part) => {
        if (part.kind === 'Call') look(part);
      });
  });
  return found;
}
