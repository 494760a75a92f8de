import { type FunctionInfo, parts, type Program } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { dottedName, type Expr, type If, isComprehension, walkExpr } from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';
import { onlyValue } from './only-value.ts';
import { ranBefore } from './ran-before.ts';
import { testedAt } from './tested.ts';

/** How many names stand between a test and the rows it is about. */
const STEPS = 4;

/**
 * True behind `if key in known:`, or where `if key not in known:` has left, when `known` is what rows of the model, or keys that were found among theirs, said a moment
 * before: `known = {row.id for row in rows}`, `known = {item["id"] for item in data if item["id"] in ids}`. So it is behind a test of all that is asked by at once: `if (kind,
 * number) in rows.values_list("kind", "number"):`.
 */
export function isOneOfRows(program: Program, lookup: FoundLookup, key: Expr | null): boolean {
  const text = key === null ? null : textOf(key);
  const { expr, place } = lookup;
  if (text === null) return false;
  if (isDrawn(program, lookup, key)) return true;
  const asks = (part: Expr, op: string): boolean => {
    if (part.kind !== 'Compare' || part.ops.length !== 1 || part.ops[0] !== op) return false;
    const [left, right] = part.operands;
    return (
      left !== undefined &&
      right !== undefined &&
      (isText(textOf(left), text) || isTupleOf(left, lookup)) &&
      holdsRows(program, right, lookup, STEPS)
    );
  };
  return (
    testedAt(place.fn.body, expr, (part) => asks(part, 'in')) !== null ||
    ranBefore(place.fn.body, expr).some(
      (stmt) =>
        stmt.kind === 'If' && leaves(stmt) && alternatives(stmt.test).some((part) => asks(part, 'not in')),
    )
  );
}

/** `number = choice(rows.values_list("number", flat=True))`, asked for outside of a loop: one of those that were there a moment before. */
function isDrawn(program: Program, lookup: FoundLookup, key: Expr | null): boolean {
  const { fn, loop } = lookup.place;
  const drawn = key?.kind === 'Name' ? onlyValue(key, fn) : null;
  if (loop !== null || drawn?.kind !== 'Call' || !/(^|\.)choice$/.test(dottedName(drawn.func) ?? ''))
    return false;
  const [from] = drawn.args;
  return from !== undefined && holdsRows(program, from.value, lookup, STEPS);
}

/** The key itself, or, for a row, what it is known by. */
function isText(asked: string | null, key: string): boolean {
  return asked === key || asked === `${key}.pk` || asked === `${key}.id`;
}

/** `(line.order_id, line.number)`: of all that the lookup asks by. */
function isTupleOf(tuple: Expr, { expr }: FoundLookup): boolean {
  if (tuple.kind !== 'Tuple' || expr.kind !== 'Call' || expr.args.length < 2) return false;
  const texts = tuple.elts.map(textOf);
  return expr.args.every(({ star, value }) => {
    const text = star === 0 ? textOf(value) : null;
    return text !== null && texts.includes(text);
  });
}

/** The tests of an `or`, each of which leads to the body. */
function alternatives(test: Expr): readonly Expr[] {
  return test.kind === 'BoolOp' && test.op === 'or'
    ? [...alternatives(test.left), ...alternatives(test.right)]
    : [test];
}

function leaves({ body }: If): boolean {
  return /^(Return|Raise|Continue|Break)$/.test(body.at(-1)?.kind ?? '');
}

/** A name, an item or an attribute of one, as text, also of `int(name)`; null for anything else. */
function textOf(expr: Expr): string | null {
  const [only, other] =
    expr.kind === 'Call' && /^(int|str)$/.test(dottedName(expr.func) ?? '') ? expr.args : [];
  if (only !== undefined && other === undefined) return textOf(only.value);
  if (expr.kind !== 'Subscript') return dottedName(expr);
  const owner = textOf(expr.value);
  return owner !== null && expr.index.kind === 'Constant' ? `${owner}[${expr.index.value}]` : null;
}

/** What was collected from rows of the lookup's model, or from what is among that. */
function holdsRows(program: Program, expr: Expr, lookup: FoundLookup, steps: number): boolean {
  const { fn } = lookup.place;
  if (expr.kind === 'Name' && !readsRows(program, expr, fn, lookup))
    return (
      steps > 0 &&
      reaching(fn.scope.bindings.get(expr.id) ?? [], expr.start).some(
        ({ source }) =>
          source.kind === 'assign' &&
          source.value !== null &&
          holdsRows(program, source.value, lookup, steps - 1),
      )
    );
  if (isComprehension(expr))
    return expr.generators.some(
      ({ iter, ifs }) =>
        holdsRows(program, iter, lookup, steps) ||
        ifs.some(
          (test) =>
            test.kind === 'Compare' &&
            test.ops[0] === 'in' &&
            test.operands[1] !== undefined &&
            holdsRows(program, test.operands[1], lookup, steps - 1),
        ),
    );
  return readsRows(program, expr, fn, lookup);
}

/** A queryset of the model, or the very one that is asked. */
export function readsRows(
  program: Program,
  iter: Expr,
  fn: FunctionInfo,
  { model, expr }: FoundLookup,
): boolean {
  const asked = expr.kind === 'Call' && expr.func.kind === 'Attribute' ? dottedName(expr.func.value) : null;
  let found = false;
  walkExpr(iter, (part) => {
    if (part.kind !== 'Call' && part.kind !== 'Attribute' && part.kind !== 'Name') return;
    found ||= asked !== null && dottedName(part) === asked;
    found ||= part.kind === 'Attribute' && part.attr === `${model.name?.toLowerCase() ?? ''}_set`;
    found ||= parts(program.infer.expr(part, fn)).some(
      (type) => (type.t === 'queryset' || type.t === 'manager') && type.rows.model.key === model.key,
    );
  });
  return found;
}
