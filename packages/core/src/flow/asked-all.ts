import { type FunctionInfo, parts, type Program } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { type Call, type Compare, type Expr, isComprehension, walkExpr } from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';
import { readsRows } from './one-of-rows.ts';
import { ranBefore } from './ran-before.ts';
import { wordsOf } from './same-words.ts';

/** Names that a value is followed through. */
const DEPTH = 3;

/**
 * True where the function has left, or answered, when one of several keys had no row: `unknown = set(ids) - set(found)` of
 * `filter(pk__in=ids)`, `len(ids) != len(rows)`, `set(ids) != {row.pk for row in rows}`.
 */
export function askedAll(program: Program, lookup: FoundLookup): boolean {
  const { fn } = lookup.place;
  return ranBefore(fn.body, lookup.expr).some(
    (stmt) =>
      stmt.kind === 'If' && leaves(stmt.body.at(-1)?.kind) && comparesAll(program, stmt.test, fn, lookup),
  );
}

function leaves(kind: string | undefined): boolean {
  return kind === 'Return' || kind === 'Raise' || kind === 'Continue';
}

/** The test tells whether rows were found for all keys. */
function comparesAll(program: Program, test: Expr, fn: FunctionInfo, lookup: FoundLookup): boolean {
  let found = false;
  for (const value of valuesOf(test, fn))
    walkExpr(value, (part) => {
      found ||= comparedIn(part).some((side) => holdsRows(program, side, fn, lookup));
      found ||= isUnequal(part) && comparesIds(program, part.operands, lookup);
    });
  return found;
}

/** A test itself, and what its names were assigned: `unknown` of `if unknown`. */
function valuesOf(expr: Expr, fn: FunctionInfo, depth = 0): Expr[] {
  if (depth > DEPTH) return [];
  const out = [expr];
  walkExpr(expr, (part) => {
    if (part.kind !== 'Name') return;
    for (const { source } of reaching(fn.scope.bindings.get(part.id) ?? [], part.start))
      if (source.kind === 'assign' && source.value !== null)
        out.push(...valuesOf(source.value, fn, depth + 1));
  });
  return out;
}

/** What a comparison of two collections compares: their difference, their lengths, whether one holds the items of the other. */
function comparedIn(part: Expr): readonly Expr[] {
  switch (part.kind) {
    case 'BinOp':
      return part.op === '-' ? [part.right] : [];
    case 'Compare':
      return part.ops.length === 1 && /^(!=|<|>|not in)$/.test(part.ops[0] ?? '') ? part.operands : [];
    case 'Call':
      return part.func.kind === 'Attribute' && /^(difference|issubset)$/.test(part.func.attr)
        ? part.args.map(({ value }) => value)
        : [];
    default:
      return [];
  }
}

function isUnequal(part: Expr): part is Compare {
  return part.kind === 'Compare' && part.ops.length === 1 && part.ops[0] === '!=';
}

/** `{int(pk) for pk in ids} != {row.pk for row in rows}`, where the lookup's loop goes through `ids`: one side has the ids of rows, the other one those that were given. */
function comparesIds(program: Program, sides: readonly Expr[], lookup: FoundLookup): boolean {
  const { loop, fn } = lookup.place;
  const items = loop?.kind === 'For' ? wordsOf(loop.iter) : null;
  if (items === null) return false;
  const given = sides.findIndex((side) => isCollected(side, fn, ({ iter }) => wordsOf(iter) === items));
  const known = sides[1 - given];
  return (
    given >= 0 &&
    known !== undefined &&
    isCollected(
      known,
      fn,
      ({ iter, element }) =>
        element.kind === 'Attribute' &&
        /^(pk|id)$/.test(element.attr) &&
        (readsRows(program, iter, fn, lookup) || isOfUntold(program, iter, fn)),
    )
  );
}

/** `group.members.all()` of which nothing tells what it is. */
function isOfUntold(program: Program, iter: Expr, fn: FunctionInfo): boolean {
  return (
    iter.kind === 'Call' &&
    iter.func.kind === 'Attribute' &&
    iter.func.attr === 'all' &&
    parts(program.infer.expr(iter, fn)).every(({ t }) => t === 'unknown')
  );
}

/** A collection, itself or behind its name and `set(...)`, that a comprehension makes which passes the test, and leaves nothing out. */
function isCollected(
  side: Expr,
  fn: FunctionInfo,
  passes: (from: { readonly iter: Expr; readonly element: Expr }) => boolean,
): boolean {
  return valuesOf(side, fn).some((value) => {
    let found = false;
    walkExpr(value, (part) => {
      if (!isComprehension(part) || part.kind === 'DictComp') return;
      const [clause, other] = part.generators;
      found ||=
        clause !== undefined &&
        other === undefined &&
        clause.ifs.length === 0 &&
        passes({ iter: clause.iter, element: part.element });
    });
    return found;
  });
}

/** The values of `filter(key__in=...)` on the lookup's model, or their number. */
function holdsRows(program: Program, side: Expr, fn: FunctionInfo, lookup: FoundLookup): boolean {
  return valuesOf(side, fn).some((value) => {
    let found = false;
    walkExpr(value, (part) => {
      found ||= part.kind === 'Call' && isAmong(program, part, fn, lookup);
    });
    return found;
  });
}

function isAmong(program: Program, call: Call, fn: FunctionInfo, { model }: FoundLookup): boolean {
  return (
    call.args.some(({ name }) => name?.endsWith('__in') === true) &&
    call.func.kind === 'Attribute' &&
    call.func.attr === 'filter' &&
    parts(program.infer.expr(call.func.value, fn)).some(
      (type) => (type.t === 'manager' || type.t === 'queryset') && type.rows.model.key === model.key,
    )
  );
}
