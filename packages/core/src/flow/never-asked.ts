import { type FunctionInfo, parts, type Program } from '../project/index.ts';
import { enclosingStmts, type Expr } from '../syntax/index.ts';
import type { CallGraph } from './call-graph.ts';
import type { FoundLookup } from './find-lookups.ts';
import { givenByAll } from './given-by-all.ts';
import { type InstanceTest, instanceTest } from './instance-test.ts';
import { onlyValue } from './only-value.ts';
import { ranBefore } from './ran-before.ts';
import { outsideTests } from './test-code.ts';
import type { Guard } from './verdict.ts';

/**
 * `if not isinstance(order, Order): order = Order.objects.get(pk=order)` of a parameter to which everybody who calls the function gives
 * an order: nobody asks for the lookup. Null where somebody may.
 */
export function neverAsked(graph: CallGraph, { expr, place: { fn } }: FoundLookup): Guard | null {
  const other = otherThan(fn, expr);
  if (other === null) return null;
  const value = onlyValue(other.value, fn);
  const name = value?.kind === 'Name' ? value.id : other.value.id;
  const [first] = outsideTests(graph.callers(fn), fn.path);
  if (first === undefined || !isGiven(graph, { fn, name, of: other.of }, STEPS)) return null;
  const detail = `every caller gives a row as \`${name}\``;
  return { kind: 'loaded', path: first.place.fn.path, span: first.expr, detail };
}

/** How many functions hand a parameter on. */
const STEPS = 3;

interface Parameter {
  readonly fn: FunctionInfo;
  readonly name: string;
  /** The class that it has to be of. */
  readonly of: string;
}

/** True for a parameter to which everybody gives a row; one that hands on its own parameter is asked in turn. */
function isGiven(graph: CallGraph, { fn, name, of }: Parameter, steps: number): boolean {
  if (steps === 0 || !fn.params.some((param) => param.name === name)) return false;
  const all = givenByAll(graph, fn, name);
  return (
    all.length > 0 &&
    all.every((given) => {
      const handed = given.expr.kind === 'Name' ? given.expr.id : null;
      const param = given.fn.params.find((one) => one.name === handed && one.annotation === null);
      if (param !== undefined && !(given.fn.isMethod && param === given.fn.params[0]))
        return isGiven(graph, { fn: given.fn, name: param.name, of }, steps - 1);
      return isRowOf(graph.program, given.expr, given.fn, of);
    })
  );
}

/** What is no row where a place is reached, by an `isinstance` around it or one before it that leaves; null where nothing tells. */
export function otherThan(fn: FunctionInfo, at: Expr): InstanceTest | null {
  for (const stmt of enclosingStmts(fn.body, at)) {
    if (stmt.kind !== 'If') continue;
    const holds = (body: typeof stmt.body): boolean =>
      body.some(({ start, end }) => start <= at.start && at.end <= end);
    const not = stmt.test.kind === 'UnaryOp' && stmt.test.op === 'not' ? stmt.test.operand : null;
    const found =
      not !== null && holds(stmt.body)
        ? instanceTest(not)
        : holds(stmt.orelse)
          ? instanceTest(stmt.test)
          : null;
    if (found !== null) return found;
  }
  for (const stmt of ranBefore(fn.body, at)) {
    if (stmt.kind !== 'If' || !/^(Return|Raise)$/.test(stmt.body.at(-1)?.kind ?? '')) continue;
    const found = instanceTest(stmt.test);
    if (found !== null) return found;
  }
  return null;
}

/** A row of a model of that name, or of one that is made of it; every row is one of `Model`. */
function isRowOf({ infer, hierarchy }: Program, expr: Expr, fn: FunctionInfo, name: string): boolean {
  const types = parts(infer.expr(expr, fn));
  return (
    types.length > 0 &&
    types.every(
      (type) =>
        type.t === 'row' &&
        (name === 'Model' ||
          type.model.name === name ||
          (type.model.cls !== null &&
            hierarchy.mro(type.model.cls).some((base) => typeof base !== 'string' && base.name === name))),
    )
  );
}
