import type { FunctionInfo } from '../project/index.ts';
import { type Attribute, dottedName, type Expr, isNone } from '../syntax/index.ts';
import { argumentsOf } from './arguments.ts';
import type { CallEdge, CallGraph } from './call-graph.ts';
import { callsBefore, setBefore } from './ran-before.ts';
import { settersOf } from './setters.ts';
import { lastName } from './site-table.ts';
import { outsideTests } from './test-code.ts';
import { testedAt } from './tested.ts';

/** So many calls between the check and the read. */
export const MAX_CALLS = 3;

/**
 * True where every way into a function checks a relation of what it gives, or sets it: `if order.customer: greet(order)`, or `check(order)`, which raises where
 * it has none, before `greet` reads `order.customer.name`. False for functions that nothing calls.
 */
export function isCheckedByCallers(
  graph: CallGraph,
  read: Attribute,
  fn: FunctionInfo,
  calls = 0,
  reader = fn,
): boolean {
  if (calls >= MAX_CALLS) return false;
  const edges = outsideTests(graph.callers(fn), fn.path);
  return (
    edges.length > 0 &&
    edges.every((edge) => {
      const at = readAt(edge, fn, read);
      return (
        at !== null &&
        (isChecked(edge, at) ||
          isRefused(graph, edge, at, reader) ||
          isCheckedByCallers(graph, at, edge.place.fn, calls + 1, reader))
      );
    })
  );
}

/**
 * A read of what a parameter leads to as a way into the function says it: `sale.customer` where `greet(sale)` leads to a read of
 * `order.customer`. Null where the text does not tell.
 */
export function readAt(edge: CallEdge, fn: FunctionInfo, read: Attribute): Attribute | null {
  const [root = '', ...rest] = (dottedName(read.value) ?? '').split('.');
  const given = fn.params.some(({ name }) => name === root) ? givenAs(edge, fn, root) : null;
  const owner = given === null ? null : along(given, rest);
  return owner === null ? null : { ...read, value: owner, start: edge.expr.start, end: edge.expr.end };
}

/** True behind a call that leads to an assignment of the relation: `order.assign()` where that says `self.customer = ...`. */
export function isSetByCall(graph: CallGraph, read: Attribute, fn: FunctionInfo): boolean {
  const setters = settersOf(graph, { form: 'relation', expr: read, place: { fn } });
  return (
    setters.length > 0 &&
    graph.sites
      .of(fn)
      .some(
        (site) =>
          site.kind === 'call' &&
          site.expr.end <= read.start &&
          setters.includes(lastName(site.expr.func) ?? ''),
      )
  );
}

/** What a way into the function gives for one of its parameters. */
function givenAs({ kind, expr, place }: CallEdge, fn: FunctionInfo, name: string): Expr | null {
  const isOwner = fn.isMethod && fn.params[0]?.name === name;
  if (isOwner) {
    const member = expr.kind === 'Call' ? expr.func : expr;
    return member.kind === 'Attribute' ? member.value : null;
  }
  return kind === 'call' && expr.kind === 'Call'
    ? (argumentsOf(fn, expr, place.fn).get(name)?.expr ?? null)
    : null;
}

/** `order.line` of `order` and `line`; null for what is no name. */
function along(from: Expr, names: readonly string[]): Expr | null {
  if (dottedName(from) === null) return null;
  return names.reduce<Expr>(
    (value, attr) => ({ kind: 'Attribute', value, attr, start: from.start, end: from.end }),
    from,
  );
}

function isChecked({ expr, place: { fn } }: CallEdge, read: Attribute): boolean {
  const name = dottedName(read) ?? '';
  const isRead = (part: Expr): boolean =>
    part.kind === 'Attribute' && (dottedName(part) === name || dottedName(part) === `${name}_id`);
  const set = setBefore(fn, read);
  return (set !== null && !isNone(set)) || testedAt(fn.body, expr, isRead) !== null;
}

/** Behind a call that is given the row and raises where the relation is not there. Of methods of several classes that of the reader's own counts. */
function isRefused(
  graph: CallGraph,
  { expr, place: { fn } }: CallEdge,
  { value, attr }: Attribute,
  reader: FunctionInfo,
): boolean {
  const owner = dottedName(value);
  return callsBefore(graph.sites.of(fn), fn.body, expr).some((site) => {
    const callees = graph.callees(site);
    const own = callees.filter(({ cls }) => cls !== null && cls === reader.cls);
    const meant = own.length > 0 ? own : callees;
    return (
      meant.length > 0 &&
      meant.every((callee) =>
        [...argumentsOf(callee, site.expr, fn)].some(
          ([name, given]) => dottedName(given.expr) === owner && raisesWithout(callee, `${name}.${attr}`),
        ),
      )
    );
  });
}

/** `if not order.customer: raise ...` among the statements that run whenever the function does. */
function raisesWithout({ body }: FunctionInfo, read: string): boolean {
  return body.some(
    (stmt) =>
      stmt.kind === 'If' &&
      stmt.body.at(-1)?.kind === 'Raise' &&
      stmt.test.kind === 'UnaryOp' &&
      stmt.test.op === 'not' &&
      [read, `${read}_id`].includes(dottedName(stmt.test.operand) ?? ''),
  );
}
