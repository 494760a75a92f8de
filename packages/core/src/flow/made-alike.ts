import { type FunctionInfo, parts, type Program } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { type Argument, type Call, type Expr, type Stmt, walkExpr } from '../syntax/index.ts';
import { isGone } from './deleted-before.ts';
import type { FoundLookup } from './find-lookups.ts';
import { ranBefore } from './ran-before.ts';
import { wordsOf } from './same-words.ts';

/**
 * How the same function wrote the row before: `Order.objects.create(number="1")`, or `Order(number="1")` and its `save()`, asked
 * for in the same words; `bulk_create` of rows from what the loop around goes over. Null when it did not.
 */
export function madeAlike(program: Program, lookup: FoundLookup): string | null {
  const { fn } = lookup.place;
  const before = ranBefore(fn.body, lookup.expr);
  for (const stmt of before) {
    const call = callOf(stmt);
    if (call === null || !isOfModel(program, call, lookup)) continue;
    const method = call.func.kind === 'Attribute' ? call.func.attr : '';
    if (/^a?create$/.test(method) && hasAll(call, lookup)) return `\`${method}\` wrote the row just before`;
    if (/^a?bulk_create$/.test(method) && writesAll(call, stmt, lookup))
      return `\`${method}\` wrote the rows just before`;
    const target = stmt.kind === 'Assign' ? stmt.targets[0] : undefined;
    if (method !== '' || target?.kind !== 'Name' || !hasAll(call, lookup)) continue;
    if (before.some((later) => saves(later, target.id)) && !isGone(target, lookup))
      return `\`${target.id}\` was saved just before`;
  }
  return null;
}

function callOf(stmt: Stmt): Call | null {
  const value = stmt.kind === 'ExprStmt' || stmt.kind === 'Assign' ? stmt.value : null;
  const call = value?.kind === 'Await' ? value.value : value;
  return call?.kind === 'Call' ? call : null;
}

/** A call of the model, or of one of its managers. */
function isOfModel(program: Program, { func }: Call, { model, place: { fn } }: FoundLookup): boolean {
  return parts(program.infer.expr(func.kind === 'Attribute' ? func.value : func, fn)).some((type) =>
    type.t === 'model'
      ? type.model.key === model.key
      : (type.t === 'manager' || type.t === 'queryset') && type.rows.model.key === model.key,
  );
}

/** The lookup asks for nothing but what the row was made with. */
function hasAll({ args: made }: Call, { expr, rows, place: { fn } }: FoundLookup): boolean {
  if (expr.kind !== 'Call' || expr.args.length === 0 || rows === null || rows.chain.length > 0) return false;
  const same = ({ name, value }: Argument): boolean =>
    name !== null &&
    isSettled(value, fn) &&
    made.some((other) => other.name === name && wordsOf(other.value) === wordsOf(value));
  return expr.args.every(same);
}

/** A constant, or a name with one value. */
function isSettled(value: Expr, fn: FunctionInfo): boolean {
  if (value.kind === 'Constant') return true;
  return value.kind === 'Name' && reaching(fn.scope.bindings.get(value.id) ?? [], value.start).length === 1;
}

/** The loop around the lookup goes over what the rows were made of, or over those that `bulk_create` gave. */
function writesAll(call: Call, stmt: Stmt, { place: { fn, loop } }: FoundLookup): boolean {
  if (loop?.kind !== 'For' || loop.iter.kind !== 'Name') return false;
  const { id } = loop.iter;
  const [given] = stmt.kind === 'Assign' ? stmt.targets : [];
  if (given?.kind === 'Name' && given.id === id) return true;
  return call.args.some(({ name, value }) => name === null && mentions(value, id, fn));
}

function mentions(expr: Expr, id: string, fn: FunctionInfo): boolean {
  let found = false;
  walkExpr(expr, (part) => {
    if (part.kind !== 'Name') return;
    found ||= part.id === id;
    for (const { source } of reaching(fn.scope.bindings.get(part.id) ?? [], part.start))
      if (source.kind === 'assign' && source.value !== null && source.value !== expr)
        walkExpr(source.value, (inner) => {
          found ||= inner.kind === 'Name' && inner.id === id;
        });
  });
  return found;
}

function saves(stmt: Stmt, id: string): boolean {
  const call = callOf(stmt);
  return (
    call?.func.kind === 'Attribute' &&
    /^a?save$/.test(call.func.attr) &&
    call.func.value.kind === 'Name' &&
    call.func.value.id === id
  );
}
