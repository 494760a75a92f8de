import { type FunctionInfo, parts, type Program } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { type Call, dottedName, enclosingStmts, type Expr, walkExpr } from '../syntax/index.ts';
import { type AskedRows, isValue, modelOf } from './asked-rows.ts';
import { foundSeveral } from './after-several.ts';
import type { CallGraph } from './call-graph.ts';
import { returnValues } from './origin-parameters.ts';
import { isByOwn, isByOwnValues, KEEPS_ALL } from './own-values.ts';
import { outsideTests } from './test-code.ts';
import { testedAt } from './tested.ts';

/** Knows querysets that have a first row, whatever the function that takes it has asked. */
export class FirstThere {
  readonly #graph: CallGraph;
  readonly #program: Program;
  readonly #asked: AskedRows;

  constructor(graph: CallGraph, asked: AskedRows) {
    this.#graph = graph;
    this.#program = graph.program;
    this.#asked = asked;
  }

  /** `at`: where the row is taken. `ownFunction`: nothing but the program's own calls runs the function. */
  has(rows: Expr, at: Expr, fn: FunctionInfo, ownFunction: boolean): boolean {
    return (
      isBesideOwn(this.#program, rows, fn) ||
      isByOwnValues(this.#program, rows, fn) ||
      isInLoopOver(rows, fn) ||
      (at.kind === 'Subscript' && isInLoopOver(at.value, fn)) ||
      this.#isAskedInside(rows, fn) ||
      (ownFunction && (this.#callersAsk(rows, fn) || this.#callersFoundSeveral(rows, fn)))
    );
  }

  /** `orders_of(user)[0]` of a function that gives the rows only after it has asked whether there are some. */
  #isAskedInside(rows: Expr, fn: FunctionInfo): boolean {
    const source = whole(rows);
    const types = source.kind === 'Call' ? parts(this.#program.infer.expr(source.func, fn)) : [];
    return types.length > 0 && types.every((type) => type.t === 'function' && this.#givesOnlySome(type.fn));
  }

  #givesOnlySome(callee: FunctionInfo): boolean {
    const given = returnValues(callee).flatMap((expr) => {
      const model = modelOf(this.#program, this.#program.infer.expr(expr, callee));
      return model === null ? [] : { expr, model };
    });
    return given.length > 0 && given.every(({ expr, model }) => this.#isTested(callee, expr, model));
  }

  /** Every call of the function stands behind a test of rows of the model. */
  #callersAsk(rows: Expr, fn: FunctionInfo): boolean {
    const model = modelOf(this.#program, this.#program.infer.expr(rows, fn));
    const edges = outsideTests(this.#graph.callers(fn), fn.path);
    return (
      model !== null &&
      edges.length > 0 &&
      edges.every(({ kind, expr, place }) => kind === 'call' && this.#isTested(place.fn, expr, model))
    );
  }

  /** Every call stands where a lookup of such rows has found more than one, by all that the rows are asked by. */
  #callersFoundSeveral(rows: Expr, fn: FunctionInfo): boolean {
    const model = modelOf(this.#program, this.#program.infer.expr(rows, fn));
    const edges = outsideTests(this.#graph.callers(fn), fn.path);
    return (
      model !== null &&
      edges.length > 0 &&
      edges.every(({ kind, place }) => kind === 'call' && foundSeveral(this.#program, place, model, rows))
    );
  }

  #isTested(fn: FunctionInfo, at: Expr, model: string): boolean {
    const asks = (part: Expr): boolean => isValue(part) && this.#asked.looksAt(part, fn, model);
    return testedAt(fn.body, at, asks) !== null;
  }
}

/** Without the calls that leave no row out: `user.orders` of `user.orders.order_by("id")`. */
function whole(rows: Expr): Expr {
  let current = rows;
  while (current.kind === 'Call' && current.func.kind === 'Attribute' && KEEPS_ALL.test(current.func.attr))
    current = current.func.value;
  return current;
}

/** `line.order.lines.order_by("id")[0]`: the row at hand is one of them, also among those that share a column with it. */
function isBesideOwn(program: Program, rows: Expr, fn: FunctionInfo): boolean {
  const { infer, models } = program;
  let all = whole(assigned(rows, fn));
  while (all.kind === 'Call' && isByOwn(program, all, fn)) all = whole(receiverOf(all));
  const relation = all.kind === 'Attribute' ? all.value : null;
  if (all.kind !== 'Attribute' || relation?.kind !== 'Attribute') return false;
  const accessor = all.attr;
  const owners = parts(infer.expr(relation.value, fn));
  return (
    owners.length > 0 &&
    owners.every((type) => {
      const cls = type.t === 'row' ? type.model.cls : null;
      const field = cls === null ? null : models.field(cls, relation.attr);
      const back = field?.target == null ? null : models.reverse(field.target, accessor);
      return back !== null && back.field.name === field?.name && back.field.owner === field.owner;
    })
  );
}

/** What the only assignment to a name gave it; anything else stands for itself. */
function assigned(rows: Expr, fn: FunctionInfo): Expr {
  const [only, other] =
    rows.kind === 'Name' ? reaching(fn.scope.bindings.get(rows.id) ?? [], rows.start) : [];
  const source = other === undefined ? only?.source : undefined;
  return source?.kind === 'assign' && source.steps.length === 0 ? (source.value ?? rows) : rows;
}

function receiverOf({ func }: Call): Expr {
  return func.kind === 'Attribute' ? func.value : func;
}

/** `for i, order in enumerate(orders): orders[0]`: the body runs for some row. */
function isInLoopOver(rows: Expr, fn: FunctionInfo): boolean {
  const name = dottedName(rows);
  if (name === null) return false;
  return enclosingStmts(fn.body, rows).some((stmt) => {
    if (stmt.kind !== 'For' || !stmt.body.some((inner) => inner.start <= rows.start && rows.end <= inner.end))
      return false;
    let found = false;
    walkExpr(stmt.iter, (part) => {
      found ||= dottedName(part) === name;
    });
    return found;
  });
}
