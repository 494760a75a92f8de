import type { ModelRef, Program } from '../project/index.ts';
import { type Expr, type Stmt, stmtExprs, walkExpr, walkStmts } from '../syntax/index.ts';
import { afterOwnMiss } from './after-own-miss.ts';
import { isAmongRows } from './among-rows.ts';
import { addedBetween } from './asked-between.ts';
import { askedAll } from './asked-all.ts';
import { askedAlready } from './asked-already.ts';
import { askedByCallers } from './asked-by-callers.ts';
import { askedFirst } from './asked-first.ts';
import { askedWhetherAny } from './asked-any.ts';
import { isOfFoundKind } from './asked-kind.ts';
import { askedOver } from './asked-over.ts';
import { blockOf } from './block-of.ts';
import type { CallGraph } from './call-graph.ts';
import { isCheckedByGiver } from './checked-by-giver.ts';
import { checkedByView } from './checked-by-view.ts';
import { isCheckedData } from './checked-data.ts';
import { chosenBySame } from './chosen-before.ts';
import { writtenChild } from './child-before.ts';
import { isColumnValidator } from './column-validators.ts';
import { isListedBetween } from './listed-between.ts';
import { isOneOfRows } from './one-of-rows.ts';
import { isChoice } from './coerced.ts';
import { documentedMiss } from './documented.ts';
import { matches } from './exception-matches.ts';
import { resolveExceptions } from './exceptions.ts';
import type { Fate } from './escape.ts';
import { isFetchedBySql } from './fetched-by-sql.ts';
import { isFieldName } from './field-names.ts';
import type { FoundLookup } from './find-lookups.ts';
import { existsCheck, existsForCallers } from './exists-check.ts';
import { runsLater } from './later.ts';
import { isGenericAsked } from './generic-asked.ts';
import { isHistory } from './history-rows.ts';
import { isByItem } from './loop-item.ts';
import { isUnsavedSelf } from './not-yet-saved.ts';
import { isMostlyRow } from './row-or-key.ts';
import { thenDelete } from './then-delete.ts';
import { unnamedMiss } from './unnamed.ts';
import type { Defect } from './verdict.ts';
import { isWrittenByName } from './written-here.ts';
import { writtenByCall } from './written-before.ts';

/** What is wrong in the code around a lookup, beside its verdict. */
export function defectsOf(graph: CallGraph, lookup: FoundLookup, fate: Fate, key: Expr | null): Defect[] {
  const { program } = graph;
  const out: Defect[] = [];
  const { loop } = lookup.place;
  for (const { handler, outcome } of fate.reraisedBy)
    out.push({
      kind: 'reraised',
      at: outcome.at,
      handler: { start: handler.start, end: handler.end },
      logged: outcome.reports,
    });
  const wrong = wrongModel(program, lookup);
  if (wrong !== null) out.push(wrong);
  const dead = deadNoneCheck(lookup);
  if (dead !== null) out.push(dead);
  if (lookup.place.deferred !== null && lookup.place.frame?.kind === 'try' && runsLater(lookup.place))
    out.push({
      kind: 'runs-later',
      at: lookup.place.deferred,
      what: lookup.place.deferred.kind === 'Lambda' ? 'a lambda' : 'a generator expression',
    });
  if (loop !== null)
    out.push({
      kind: 'in-loop',
      at: loop,
      what: loop.kind === 'For' || loop.kind === 'While' ? 'loop' : 'comprehension',
      item: isByItem(lookup.expr, loop, lookup.place.fn),
    });
  const own = key?.kind === 'Attribute' ? key.value : null;
  if (own !== null && isUnsavedSelf(program, own, lookup.expr, lookup.place.fn))
    out.push({ kind: 'unsaved', at: own });
  const then = thenDelete(program, lookup);
  if (then !== null) out.push(then);
  out.push(...documentedMiss(lookup, fate), ...unnamedMiss(program, fate));
  const exists = existsCheck(program, lookup);
  if (exists !== null) out.push(exists);
  else if (
    checkedByView(program, lookup, key) ||
    chosenBySame(lookup, key) ||
    isHistory(program, lookup) ||
    isChoice(lookup, fate) ||
    askedWhetherAny(program, lookup) ||
    (key !== null && (askedAll(program, lookup) || isCheckedData(program, lookup, key))) ||
    isFieldName(graph, lookup, key) ||
    isColumnValidator(graph, lookup, key) ||
    isWrittenByName(program, lookup, key) ||
    isOneOfRows(program, lookup, key) ||
    isListedBetween(program, lookup) ||
    addedBetween(program, lookup) ||
    isAmongRows(program, lookup, key, fate) ||
    isFetchedBySql(lookup, key, fate) ||
    isMostlyRow(program, lookup, key, fate) ||
    isGenericAsked(lookup, key) ||
    isOfFoundKind(lookup, key) ||
    askedFirst(lookup, fate) ||
    writtenByCall(graph, lookup) ||
    writtenChild(graph, lookup, key, fate) ||
    askedAlready(graph, lookup, key, fate) ||
    askedByCallers(graph, lookup, key, fate) ||
    askedOver(program, lookup) ||
    isCheckedByGiver(graph, lookup, key, fate) ||
    afterOwnMiss(program, lookup) ||
    existsForCallers(program, lookup, fate)
  )
    out.push({ kind: 'exists-check', at: lookup.expr });
  return out;
}

/** A handler of the same `try` that names another model, in a `try` whose body looks up nothing of that model. */
function wrongModel(program: Program, lookup: FoundLookup): Defect | null {
  const { fn } = lookup.place;
  for (let frame = lookup.place.frame; frame !== null; frame = frame.parent) {
    if (frame.kind !== 'try') continue;
    for (const handler of frame.stmt.handlers) {
      if (handler.type === null) return null;
      const refs = resolveExceptions(program, handler.type, fn);
      if (refs.some((ref) => matches(program, ref, { kind: 'missing', model: lookup.model }) !== 'no'))
        return null;
      const named = refs.find((ref) => ref.kind === 'missing');
      if (
        named?.kind === 'missing' &&
        named.model !== null &&
        !isAbstract(program, named.model) &&
        !asksFor(program, frame.stmt.body, named.model, lookup)
      ) {
        return { kind: 'wrong-model', at: handler.type, named: named.model.name ?? 'another model' };
      }
    }
  }
  return null;
}

/** The handler of an abstract model is wrong in a way of its own: it dies. */
function isAbstract(program: Program, model: ModelRef): boolean {
  return model.cls !== null && program.models.meta(model.cls).abstract;
}

/** True when the block calls anything, besides the lookup itself, that may ask for the model. */
function asksFor(program: Program, body: readonly Stmt[], model: ModelRef, lookup: FoundLookup): boolean {
  let other = false;
  const chain = new Set<Expr>();
  walkExpr(lookup.expr, (part) => chain.add(part));
  walkStmts(body, (stmt) => {
    for (const expr of stmtExprs(stmt)) {
      walkExpr(expr, (part) => {
        if (part.kind === 'Call' && !chain.has(part)) other = true;
        if (
          part.kind === 'Attribute' &&
          !chain.has(part) &&
          part.attr.toLowerCase() === model.name?.toLowerCase()
        )
          other = true;
      });
    }
  });
  return other && program !== null;
}

/** `x = M.objects.get(...)` and later `if x is None` / `if not x`: the author believed that `get` gives None. */
function deadNoneCheck(lookup: FoundLookup): Defect | null {
  const { stmt, fn } = lookup.place;
  if (
    stmt.kind !== 'Assign' ||
    stmt.value === null ||
    unwrapAwait(stmt.value) !== lookup.expr ||
    lookup.expr.kind !== 'Call'
  )
    return null;
  const target = stmt.targets[0];
  if (target?.kind !== 'Name' || stmt.targets.length !== 1) return null;
  const block = blockOf(fn.body, stmt);
  const after = block.slice(block.indexOf(stmt) + 1);
  for (const next of after) {
    if (next.kind === 'If' || next.kind === 'Assert') {
      const check = noneCheck(next.test, target.id, next.kind === 'If');
      if (check !== null) return { kind: 'dead-none-check', at: check, name: target.id };
    }
    if (rebinds(next, target.id) || next.kind === 'Return' || next.kind === 'Raise') return null;
  }
  return null;
}

function unwrapAwait(expr: Expr): Expr {
  return expr.kind === 'Await' ? expr.value : expr;
}

/** The test that asks whether a name is None (`negative`: or falsy); null when it asks something else. */
export function noneCheck(test: Expr, name: string, negative: boolean): Expr | null {
  const isName = (expr: Expr | undefined): boolean => expr?.kind === 'Name' && expr.id === name;
  if (test.kind === 'BoolOp' && test.op === (negative ? 'or' : 'and'))
    return noneCheck(test.left, name, negative);
  if (test.kind === 'UnaryOp' && test.op === 'not') return negative && isName(test.operand) ? test : null;
  if (test.kind === 'Compare' && test.ops.length === 1 && isName(test.operands[0])) {
    const none = test.operands[1]?.kind === 'Constant' && test.operands[1].type === 'none';
    return none &&
      (test.ops[0] === 'is' || test.ops[0] === '==' || test.ops[0] === 'is not' || test.ops[0] === '!=')
      ? test
      : null;
  }
  return isName(test) ? test : null;
}

function rebinds(stmt: Stmt, name: string): boolean {
  let found = false;
  walkStmts([stmt], (inner) => {
    if (
      inner.kind === 'Assign' &&
      inner.targets.some((target) => target.kind === 'Name' && target.id === name)
    )
      found = true;
  });
  return found;
}
