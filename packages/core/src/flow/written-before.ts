import { type FunctionInfo, parts } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { type Call, dottedName, type Expr, stmtExprs, walkExpr, walkStmts } from '../syntax/index.ts';
import type { CallGraph } from './call-graph.ts';
import type { FoundLookup } from './find-lookups.ts';
import { callsBefore } from './ran-before.ts';

/** Methods that leave a row behind. */
const WRITES = /^a?(get_or_create|update_or_create|create)$/;

/** Functions that make something new, by their names. */
const CREATES = /^_*a?(create|make|add|new|register|sign_?up|save|insert|clone|copy)(_|$)/;

/** How deep what a function writes through others is looked for. */
const DEPTH = 3;

/** True where a call before the lookup, of something that writes rows of the model, was given everything that the row is asked by. */
export function writtenByCall(graph: CallGraph, found: FoundLookup): boolean {
  const { expr, model, place } = found;
  const { fn } = place;
  if (model.cls === null) return false;
  if (writtenWithOwner(graph, found)) return true;
  if (expr.kind !== 'Call' || expr.args.length < 2) return false;
  const asked = expr.args.map(({ value }) => dottedName(value));
  if (asked.includes(null)) return false;
  return callsBefore(graph.sites.of(fn), fn.body, expr).some((site) => {
    const given = new Set(site.expr.args.map(({ value }) => dottedName(value)));
    if (site.expr.func.kind === 'Attribute') given.add(dottedName(site.expr.func.value));
    return (
      asked.every((name) => given.has(name)) &&
      graph.callees(site).some((callee) => writes(graph, callee, model.key, 1))
    );
  });
}

/** `user = create_user(...)` of a function that writes the profile, too, and then `user.profile` or `Profile.objects.get(user=user)`. */
function writtenWithOwner(graph: CallGraph, { expr, model, place: { fn } }: FoundLookup): boolean {
  const owners =
    expr.kind === 'Attribute'
      ? [expr.value]
      : expr.kind === 'Call'
        ? expr.args.flatMap(({ name, value }) => (name === null ? [] : [value]))
        : [];
  return owners.some((owner) => {
    const made = owner.kind === 'Name' ? onlyCall(owner, fn) : null;
    return (
      made !== null &&
      graph.sites
        .of(fn)
        .some(
          (site) =>
            site.kind === 'call' &&
            site.expr === made &&
            graph
              .callees(site)
              .some((callee) => CREATES.test(callee.name) && writes(graph, callee, model.key, DEPTH)),
        )
    );
  });
}

function onlyCall(name: Extract<Expr, { kind: 'Name' }>, fn: FunctionInfo): Call | null {
  const [only, other] = reaching(fn.scope.bindings.get(name.id) ?? [], name.start);
  const value =
    other === undefined && only?.source.kind === 'assign' && only.source.steps.length === 0
      ? only.source.value
      : null;
  const call = value?.kind === 'Await' ? value.value : value;
  return call?.kind === 'Call' ? call : null;
}

/** The function, or one that it calls, makes rows of the model. */
function writes(graph: CallGraph, fn: FunctionInfo, model: string, depth: number): boolean {
  const { program } = graph;
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
  return (
    found ||
    (depth > 1 &&
      graph.sites
        .of(fn)
        .some(
          (site) =>
            site.kind === 'call' &&
            graph.callees(site).some((callee) => callee !== fn && writes(graph, callee, model, depth - 1)),
        ))
  );
}
