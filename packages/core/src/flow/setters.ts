import type { FunctionInfo } from '../project/index.ts';
import { type Expr, stmtExprs, walkExpr, walkStmts } from '../syntax/index.ts';
import type { CallGraph } from './call-graph.ts';
import type { FoundLookup } from './find-lookups.ts';
import { lastName } from './site-table.ts';

/** Calls that are followed from the function of the relation. */
const DEPTH = 3;

/** Stands for an attribute whose name is only known at run time. */
const ANY = '*';

/** A read of a relation, in its function. */
interface Read extends Pick<FoundLookup, 'form' | 'expr'> {
  readonly place: { readonly fn: FunctionInfo };
}

/**
 * Last names of what the function of a relation calls that leads to an assignment of it, or of one on the way to it, in whatever file:
 * `hand_over(order)` where that says `order.customer = heir`.
 */
export function settersOf(graph: CallGraph, { form, expr, place: { fn } }: Read): readonly string[] {
  if (form !== 'relation' && form !== 'reverse-one-to-one') return [];
  const wanted = stepsOf(expr);
  const names = new Set<string>();
  for (const site of graph.sites.of(fn)) {
    const name = site.kind === 'call' ? lastName(site.expr.func) : null;
    if (site.kind !== 'call' || name === null || names.has(name)) continue;
    if (graph.callees(site).some((callee) => sets(graph, callee, wanted, new Set([fn]), DEPTH)))
      names.add(name);
  }
  return [...names];
}

/** `customer` and `profile` of `order.customer.profile`. */
function stepsOf(expr: Expr): ReadonlySet<string> {
  const steps = new Set<string>();
  for (let part = expr; part.kind === 'Attribute'; part = part.value) steps.add(part.attr);
  return steps;
}

function sets(
  graph: CallGraph,
  fn: FunctionInfo,
  wanted: ReadonlySet<string>,
  seen: Set<FunctionInfo>,
  depth: number,
): boolean {
  if (seen.has(fn)) return false;
  seen.add(fn);
  const assigned = assignedIn(fn);
  if (assigned.has(ANY) || [...wanted].some((step) => assigned.has(step))) return true;
  if (depth === 1) return false;
  return graph.sites
    .of(fn)
    .some(
      (site) =>
        site.kind === 'call' &&
        graph.callees(site).some((callee) => sets(graph, callee, wanted, seen, depth - 1)),
    );
}

const known = new WeakMap<FunctionInfo, ReadonlySet<string>>();

/** The attributes of whatever object that a function assigns, `customer_id` as `customer`; constructors make rows of their own. */
function assignedIn(fn: FunctionInfo): ReadonlySet<string> {
  const before = known.get(fn);
  if (before !== undefined) return before;
  const found = new Set<string>();
  known.set(fn, found);
  if (fn.name === '__init__') return found;
  walkStmts(fn.body, (stmt) => {
    const targets = stmt.kind === 'Assign' ? stmt.targets : [];
    for (const target of targets) if (target.kind === 'Attribute') found.add(target.attr.replace(/_id$/, ''));
    for (const expr of stmtExprs(stmt)) walkExpr(expr, (part) => addNamed(part, found));
  });
  return found;
}

/** `setattr(order, "customer", heir)`. */
function addNamed(part: Expr, found: Set<string>): void {
  if (part.kind !== 'Call' || part.func.kind !== 'Name' || part.func.id !== 'setattr') return;
  const name = part.args[1]?.value;
  found.add(name?.kind === 'Constant' && name.type === 'str' ? name.value.replace(/_id$/, '') : ANY);
}
