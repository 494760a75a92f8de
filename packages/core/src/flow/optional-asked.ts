import { type FunctionInfo, parts, type Place, type Program, type Rows } from '../project/index.ts';
import type { Call, Expr } from '../syntax/index.ts';
import { checkedByView } from './checked-by-view.ts';
import type { FoundLookup } from './find-lookups.ts';
import { constrainedBehind } from './guaranteed.ts';
import { liveRow } from './live-rows.ts';
import type { Fact } from './narrow-state.ts';
import { keyOfCall } from './observe-rows.ts';
import { isByOwnValues } from './own-values.ts';
import { placeAt } from './spot.ts';
import type { Origin } from './verdict.ts';

/** True for an optional row of which something that runs before the view has asked, and for one that is asked by the own key of a row at hand. */
export function isAskedBefore(program: Program, fact: Fact, key: Expr | null, place: Place | null): boolean {
  if (key === null || place === null) return false;
  return lookupsOf(program, fact, place).some(
    (found) => checkedByView(program, found, key) || asksForOwn(program, found, key),
  );
}

/** True for an optional row that is asked by an id alone, which was read off rows as a foreign key with a constraint: `row["owner_id"]`. */
export function isKept(
  program: Program,
  fact: Fact,
  { key, origins }: { readonly key: Expr | null; readonly origins: readonly Origin[] },
  place: Place | null,
): boolean {
  if (key === null || key.kind === 'Attribute' || place === null || origins.length === 0) return false;
  return (
    origins.every(({ kind }) => kind === 'constrained-key') &&
    lookupsOf(program, fact, place).some(({ rows }) => rows !== null && idAlone(rows) !== null)
  );
}

/** True for an optional row that is asked by the own key, or a foreign key with a constraint, of a row at hand. */
export function isAtHand(program: Program, fact: Fact, fn: FunctionInfo): boolean {
  if (isAmongOwn(program, fact, fn)) return true;
  const key = fact.by === 'query' && fact.call !== null ? keyOfCall(fact.call) : null;
  const place = key === null || fact.call === null ? null : placeAt(fn, fact.call);
  if (key === null || place === null) return false;
  return lookupsOf(program, fact, place).some((found) => asksForOwn(program, found, key));
}

/** `Seat.objects.filter(event=seat.event).first()`: the row at hand has what is asked for. */
export function isAmongOwn(program: Program, { by, call }: Fact, fn: FunctionInfo): boolean {
  return (
    by === 'query' &&
    call?.func.kind === 'Attribute' &&
    /^a?(first|last)$/.test(call.func.attr) &&
    call.args.length === 0 &&
    isByOwnValues(program, call.func.value, fn)
  );
}

/** `rows.filter(...).first()` taken for the lookup that it is. */
function lookupsOf(program: Program, { by, call, method }: Fact, place: Place): readonly FoundLookup[] {
  if (by !== 'query' || call === null) return [];
  return parts(program.infer.expr(call.func, place.fn)).flatMap((type): FoundLookup[] =>
    type.t === 'rows-method'
      ? [{ form: 'get', method, expr: call, place, model: type.rows.model, rows: type.rows }]
      : [],
  );
}

/** Asked by the own key of a row at hand, or by a foreign key with a constraint of one. */
function asksForOwn(program: Program, found: FoundLookup, key: Expr): boolean {
  const by = found.rows === null ? null : idAlone(found.rows);
  return (
    by !== null &&
    (liveRow(program, key, found) !== null ||
      constrainedBehind(program, key, { ...found, expr: by.call, rows: { ...by.rows, chain: [] } }) !== null)
  );
}

/** The call of `filter(pk=...)`, where nothing else leaves rows out. */
function idAlone(rows: Rows): { readonly call: Call; readonly rows: Rows } | null {
  const [only, other] = rows.chain.flatMap(({ call }) =>
    call.args.flatMap(({ name }) => (name === null ? [] : [{ call, name }])),
  );
  return only !== undefined && other === undefined && /^(pk|id)(__exact)?$/.test(only.name)
    ? { call: only.call, rows }
    : null;
}
