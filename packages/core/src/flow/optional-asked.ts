import { OPTIONAL_METHODS } from '../django/index.ts';
import { type FunctionInfo, parts, type Place, type Program, type Rows, sitesOf } from '../project/index.ts';
import type { Call, Expr } from '../syntax/index.ts';
import { argumentsOf } from './arguments.ts';
import { checkedByView } from './checked-by-view.ts';
import type { FoundLookup } from './find-lookups.ts';
import { constrainedBehind } from './guaranteed.ts';
import { liveRow } from './live-rows.ts';
import type { Fact } from './narrow-state.ts';
import { keyOfCall } from './observe-rows.ts';
import { isByOwnValues } from './own-values.ts';
import { placeAt } from './spot.ts';
import type { Origin } from './verdict.ts';

/** Methods of querysets whose arguments are no conditions. */
const ADDS = /^(annotate|alias)$/;

/** True for an optional row of which something that runs before the view has asked, and for one that is asked by the own key of a row at hand. */
export function isAskedBefore(program: Program, fact: Fact, key: Expr | null, place: Place | null): boolean {
  if (place !== null && fact.by === 'getter') return asksGetterForOwn(program, fact, place);
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

/** `totals(order.pk)` of a getter that asks by nothing but the id that it is given. */
function asksGetterForOwn(program: Program, { call }: Fact, place: Place): boolean {
  const getters = call === null ? [] : parts(program.infer.expr(call.func, place.fn));
  return (
    call !== null &&
    getters.length > 0 &&
    getters.every((type) => type.t === 'function' && givesOwn(program, type.fn, call, place))
  );
}

function givesOwn(program: Program, getter: FunctionInfo, call: Call, place: Place): boolean {
  const given = argumentsOf(getter, call, place.fn);
  const asked = sitesOf(getter).flatMap((site) =>
    site.kind !== 'call'
      ? []
      : parts(program.infer.expr(site.expr.func, getter)).flatMap((type) =>
          type.t === 'rows-method' && OPTIONAL_METHODS.has(type.method) ? [type.rows] : [],
        ),
  );
  return (
    asked.length > 0 &&
    asked.every((rows) => {
      const value = idAlone(rows)?.call.args[0]?.value;
      const key = value?.kind === 'Name' ? (given.get(value.id)?.expr ?? null) : null;
      const found = { form: 'get', method: 'get', expr: call, place, model: rows.model, rows } as const;
      return key !== null && liveRow(program, key, found) !== null;
    })
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
  const [only, other] = rows.chain.flatMap(({ method, call }) =>
    call.args.flatMap(({ name }) => (name === null || ADDS.test(method) ? [] : [{ call, name }])),
  );
  return only !== undefined && other === undefined && /^(pk|id)(__exact)?$/.test(only.name)
    ? { call: only.call, rows }
    : null;
}
