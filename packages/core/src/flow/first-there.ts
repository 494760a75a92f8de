import { type FunctionInfo, parts, type Program, type Type } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import type { Call, Expr } from '../syntax/index.ts';
import { type AskedRows, isValue, modelOf } from './asked-rows.ts';
import type { CallGraph } from './call-graph.ts';
import { returnValues } from './origin-parameters.ts';
import { outsideTests } from './test-code.ts';
import { testedAt } from './tested.ts';

/** Methods that leave no row out. */
const KEEPS_ALL =
  /^(all|order_by|select_related|prefetch_related|only|defer|using|values|values_list|annotate)$/;

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

  /** `ownFunction`: nothing but the program's own calls runs the function. */
  has(rows: Expr, fn: FunctionInfo, ownFunction: boolean): boolean {
    return (
      isBesideOwn(this.#program, rows, fn) ||
      isOfOwnValues(this.#program, rows, fn) ||
      isOwnRow(this.#program, rows, fn) ||
      this.#isAskedInside(rows, fn) ||
      (ownFunction && this.#callersAsk(rows, fn))
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

/** `line.order.lines.order_by("id")[0]`: the row at hand is one of them. */
function isBesideOwn({ infer, models }: Program, rows: Expr, fn: FunctionInfo): boolean {
  const all = whole(rows);
  const relation = all.kind === 'Attribute' ? all.value : null;
  if (all.kind !== 'Attribute' || relation?.kind !== 'Attribute') return false;
  const owners = parts(infer.expr(relation.value, fn));
  return (
    owners.length > 0 &&
    owners.every((type) => {
      const cls = type.t === 'row' ? type.model.cls : null;
      const field = cls === null ? null : models.field(cls, relation.attr);
      const back = field?.target == null ? null : models.reverse(field.target, all.attr);
      return back !== null && back.field.name === field?.name && back.field.owner === field.owner;
    })
  );
}

/** `Log.objects.filter(user=group["user"])` of an item of `Log.objects.values("user")`: a row has the values that were read off rows. */
function isOfOwnValues(program: Program, rows: Expr, fn: FunctionInfo): boolean {
  const types = parts(program.infer.expr(rows, fn));
  const chain = types.flatMap((type) => (type.t === 'queryset' ? type.rows.chain : []));
  const asked = chain.filter(({ method }) => !KEEPS_ALL.test(method)).map(({ call }) => call);
  const model = types.length === 1 && types[0] !== undefined ? modelOf(program, types[0]) : null;
  return model !== null && asked.length > 0 && asked.every((call) => isByOwnValues(program, call, fn, model));
}

/** `Order.objects.filter(pk=order.pk).select_for_update()[0]`: the row at hand itself. */
function isOwnRow(program: Program, rows: Expr, fn: FunctionInfo): boolean {
  const types = parts(program.infer.expr(rows, fn));
  const [type] = types;
  if (type?.t !== 'queryset' || types.length !== 1) return false;
  const args = type.rows.chain.flatMap(({ call }) => call.args);
  const [key, other] = args.filter(({ name }) => name !== null);
  if (key === undefined || other !== undefined || args.some(({ name, star }) => name === null && star > 0))
    return false;
  const { value } = key;
  if (!/^(pk|id)$/.test(key.name ?? '') || value.kind !== 'Attribute' || !/^(pk|id)$/.test(value.attr))
    return false;
  const owners = parts(program.infer.expr(value.value, fn));
  return (
    owners.length > 0 && owners.every((owner) => owner.t === 'row' && owner.model.key === type.rows.model.key)
  );
}

function isByOwnValues(program: Program, { args }: Call, fn: FunctionInfo, model: string): boolean {
  return (
    args.length > 0 &&
    args.every(({ name, value }) => {
      if (value.kind !== 'Subscript' || value.value.kind !== 'Name') return false;
      const isColumn = value.index.kind === 'Constant' && value.index.value === name;
      return isColumn && itemsOf(program, value.value, fn).every((type) => modelOf(program, type) === model);
    })
  );
}

/** What a loop gives its name: the types of what it goes through. Unknown for any other name. */
function itemsOf(program: Program, name: Extract<Expr, { kind: 'Name' }>, fn: FunctionInfo): readonly Type[] {
  const bindings = reaching(fn.scope.bindings.get(name.id) ?? [], name.start);
  return bindings.length === 0
    ? [{ t: 'unknown' }]
    : bindings.map(({ source }) =>
        source.kind === 'for' && source.steps.length === 0
          ? program.infer.expr(source.iter, fn)
          : { t: 'unknown' },
      );
}
