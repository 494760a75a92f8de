import { type FunctionInfo, parts, type Program, sitesOf } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { type Call, dottedName, enclosingStmts, type Expr, stmtExprs, walkExpr } from '../syntax/index.ts';
import type { CallGraph } from './call-graph.ts';
import { argumentsOf } from './arguments.ts';
import { isCheckedByCallers, isSetByCall } from './checked-by-callers.ts';
import { askedByViews } from './asked-getter.ts';
import { asksGetter } from './asked-inside.ts';
import { type InstanceTest, instanceTest } from './instance-test.ts';
import { hasJustSaved } from './just-saved.ts';
import { askedFirst, isOwnParent } from './kept-getters.ts';
import { isMadeWith } from './made-with.ts';
import type { Fact } from './narrow-state.ts';
import { keyOfCall } from './observe-rows.ts';
import { isSelf } from './optional-syntax.ts';
import { asksForItself } from './own-key.ts';
import { ranBefore } from './ran-before.ts';
import { wordsOf } from './same-words.ts';
import { savedRow } from './saved-row.ts';
import { outsideTests } from './test-code.ts';
import { testedAt } from './tested.ts';
import type { Valued } from './values.ts';

/** An optional row that was used before in the same function. */
export interface Used {
  readonly source: Expr;
  readonly at: Expr;
}

/** Knows optional rows that are there all the same: what the callers give says so, or the expression itself. */
export class SureRows {
  readonly #graph: CallGraph;

  constructor(graph: CallGraph) {
    this.#graph = graph;
  }

  /** What the callers give to a parameter, where the text tells it for all of them; empty otherwise. */
  given(fn: FunctionInfo, name: string): readonly Valued[] {
    if (!fn.params.some((param) => param.name === name)) return [];
    const edges = this.#graph.callers(fn);
    const out = edges.flatMap((edge) =>
      edge.kind === 'call' && edge.expr.kind === 'Call'
        ? (argumentsOf(fn, edge.expr, edge.place.fn).get(name) ?? [])
        : [],
    );
    return out.length === edges.length ? out : [];
  }

  /** True when the row that is used at a place is there, or the use does not run without it. */
  has(fn: FunctionInfo, fact: Fact, at: Expr, before: readonly Used[]): boolean {
    return (
      this.#isGiven(fn, fact) ||
      this.#isAskedByCallers(fn, fact) ||
      askedByViews(this.#graph, fn, fact) ||
      this.#isChecked(fn, fact) ||
      this.#isNeverFetched(fn, fact) ||
      isInstead(fn, fact, at) ||
      wasUsed(fn, fact, at, before) ||
      wasIndexed(fn, fact) ||
      this.#isAtHand(fn, fact)
    );
  }

  /** A row that is at hand under another name, or was found before anything else ran. */
  #isAtHand(fn: FunctionInfo, fact: Fact): boolean {
    const { program } = this.#graph;
    if (fact.fresh) return false;
    if (hasJustSaved(program, fact, fn) || isOfSaved(program, fact, fn)) return true;
    if (isMadeWith(this.#graph, fact, fn)) return true;
    if (fact.call === null) return isOwnParent(program, fact, fn);
    return asksForItself(program, fact.call, fact.model, fn) || askedFirst(program, fn, fact.call);
  }

  /** A foreign key that may be NULL, which the callers have checked, or a call before has set. */
  #isChecked(fn: FunctionInfo, { by, source }: Fact): boolean {
    if (by !== 'nulled' || source.kind !== 'Attribute') return false;
    return isCheckedByCallers(this.#graph, source, fn) || isSetByCall(this.#graph, source, fn);
  }

  /** `form.summary()` that uses `self.order_or_none()`, where every caller asks for the order before. */
  #isAskedByCallers(fn: FunctionInfo, { source, by, method }: Fact): boolean {
    const getter = source.kind === 'Call' ? source.func : source;
    if (by !== 'getter' || getter.kind !== 'Attribute' || !isSelf(getter.value, fn)) return false;
    const edges = outsideTests(this.#graph.callers(fn), fn.path);
    return (
      edges.length > 0 &&
      edges.every(({ kind, expr, place }) => {
        const on =
          kind === 'call' && expr.kind === 'Call' && expr.func.kind === 'Attribute' ? expr.func.value : null;
        const owner = on === null ? null : dottedName(on);
        if (owner === null) return false;
        const asks = (part: Expr): boolean =>
          asksGetter(this.#graph.program, part, { owner, name: method }, place.fn);
        return testedAt(place.fn.body, expr, asks) !== null;
      })
    );
  }

  /** `row = row or fetch(key)` of a parameter that every caller gives a row. */
  #isGiven(fn: FunctionInfo, fact: Fact): boolean {
    const either = orAround(fn, fact.source).find(({ right }) => right === fact.source);
    if (either?.left.kind !== 'Name') return false;
    const given = this.given(fn, either.left.id);
    return given.length > 0 && given.every(isThere);
  }

  /** `if not isinstance(order, Order): order = fetch(order)` of a parameter that every caller gives an order. */
  #isNeverFetched(fn: FunctionInfo, { source }: Fact): boolean {
    const { infer } = this.#graph.program;
    return enclosingStmts(fn.body, source).some((stmt) => {
      const other =
        stmt.kind === 'If' && stmt.orelse.every(({ start }) => start > source.end)
          ? noInstance(stmt.test)
          : null;
      const given = other === null ? [] : this.given(fn, other.value.id);
      return (
        given.length > 0 &&
        given.every((value) =>
          parts(infer.expr(value.expr, value.fn)).every(
            (type) => type.t === 'row' && type.model.name === other?.of,
          ),
        )
      );
    });
  }
}

/** The first row by the id of what a serializer or form has just saved. */
function isOfSaved(program: Program, { by, call }: Fact, fn: FunctionInfo): boolean {
  const key = by === 'query' && call !== null ? keyOfCall(call) : null;
  if (key === null || call === null) return false;
  return parts(program.infer.expr(call.func, fn)).some(
    (type) =>
      type.t === 'rows-method' &&
      type.rows.chain.some(({ call: link }) =>
        link.args.some(({ name, value }) => value === key && /^(pk|id)(__exact)?$/.test(name ?? '')),
      ) &&
      savedRow(program, key, type.rows.model, fn) !== null,
  );
}

/** The two names of `not isinstance(order, Order)`. */
function noInstance(test: Expr): InstanceTest | null {
  return test.kind === 'UnaryOp' && test.op === 'not' ? instanceTest(test.operand) : null;
}

/** Anything but None, and a parameter that may be left out. */
function isThere({ expr, fn }: Valued): boolean {
  if (expr.kind === 'Constant') return false;
  if (expr.kind !== 'Name') return true;
  return reaching(fn.scope.bindings.get(expr.id) ?? [], expr.start).every(
    ({ source }) => source.kind !== 'param' || source.param.default === null,
  );
}

/** `key or row.key`: without the row it was `key` that asked for it. */
function isInstead(fn: FunctionInfo, { call }: Fact, at: Expr): boolean {
  const asked = call === null ? null : askedBy(call);
  return asked !== null && orAround(fn, at).some(({ left }) => dottedName(left) === asked);
}

function askedBy(call: Call): string | null {
  const key = keyOfCall(call);
  return key === null ? null : dottedName(key);
}

/** The `... or ...` expressions whose right side holds a place. */
function orAround(fn: FunctionInfo, at: Expr): Extract<Expr, { kind: 'BoolOp' }>[] {
  const stmt = enclosingStmts(fn.body, at).at(-1);
  const out: Extract<Expr, { kind: 'BoolOp' }>[] = [];
  for (const expr of stmt === undefined ? [] : stmtExprs(stmt))
    walkExpr(expr, (part) => {
      if (
        part.kind === 'BoolOp' &&
        part.op === 'or' &&
        part.right.start <= at.start &&
        at.end <= part.right.end
      )
        out.push(part);
    });
  return out;
}

/** The same words gave a row before on the only way here: where they did not, the function ended there. */
function wasUsed(fn: FunctionInfo, { source }: Fact, at: Expr, before: readonly Used[]): boolean {
  const text = wordsOf(source);
  const ran = ranBefore(fn.body, at);
  return before.some(
    (used) =>
      wordsOf(used.source) === text &&
      ran.some((stmt) => stmt.start <= used.at.start && used.at.end <= stmt.end),
  );
}

/** `rows.first()` behind `rows[0]` or `rows.order_by("name")[0]`: without a row that one has ended the function. */
function wasIndexed(fn: FunctionInfo, { call, by }: Fact): boolean {
  const rows = call?.func.kind === 'Attribute' && by === 'query' ? orderedName(call.func.value) : null;
  if (rows === null || call === null) return false;
  const ran = ranBefore(fn.body, call);
  return sitesOf(fn).some(
    (site) =>
      site.kind === 'first' &&
      orderedName(site.expr.value) === rows &&
      site.place.frame === null &&
      ran.some(
        (stmt) => stmt.kind === 'Assign' && stmt.start <= site.expr.start && site.expr.end <= stmt.end,
      ),
  );
}

/** The name of rows that are at most put into an order. */
function orderedName(expr: Expr): string | null {
  const { func } = expr.kind === 'Call' ? expr : { func: null };
  return func?.kind === 'Attribute' && /^(order_by|reverse|all)$/.test(func.attr)
    ? orderedName(func.value)
    : dottedName(expr);
}
