import type { FunctionInfo, Place, Program } from '../project/index.ts';
import { dottedName, type Expr } from '../syntax/index.ts';
import type { Span } from '../text/index.ts';
import { missedBy } from './missed-by.ts';
import { narrow } from './narrow.ts';
import { afterConflict } from './after-conflict.ts';
import { AskedRows } from './asked-rows.ts';
import { isNeverBound, mayLeaveNone } from './caught-none.ts';
import type { CaughtMisses, Fetched } from './caught-misses.ts';
import type { BornWith } from './born-with.ts';
import type { CallGraph } from './call-graph.ts';
import { isConstrained, isDangling, isOfNoId, onlyTable, UNTOLD } from './dangling-keys.ts';
import { FirstThere } from './first-there.ts';
import { isListedBy } from './listed-by.ts';
import type { Fact, State } from './narrow-state.ts';
import type { Observation, OptionalRow } from './observation.ts';
import { hasCandidates } from './optional-candidates.ts';
import { isAmongOwn, isAskedBefore, isKept } from './optional-asked.ts';
import { OptionalValues } from './optional-values.ts';
import { type FirstByIndex, firstByIndex, keyOfCall, unpackedRow } from './observe-rows.ts';
import type { Origins } from './origins.ts';
import { placeAt } from './spot.ts';
import { type Handed, promisesValue } from './promises.ts';
import { isLeftOut } from './serialized-properties.ts';
import { SureRows, type Used } from './sure-rows.ts';
import { isUnnamedEntry } from './unnamed.ts';
import { type Inside, UsedInside } from './used-inside.ts';
import { namesParent, uncheckedMap } from './unchecked-map.ts';
import type { Host, MissedBy, Origin, Verdict } from './verdict.ts';

type Escapes = Extract<Verdict, { kind: 'escapes' }>;

/** What it needs to know of a place. */
export interface Surroundings {
  readonly program: Program;
  readonly graph: CallGraph;
  readonly origins: Origins;
  /** What becomes of an exception, by its dotted name, at a place. */
  readonly verdict: (error: string, place: Place) => Verdict;
  readonly host: (place: Place, expr: Expr) => Host;
  /** Functions that give None since a fix, by `freshKey`. */
  readonly fresh: ReadonlySet<string>;
  readonly misses: CaughtMisses;
  readonly bornWith: BornWith;
}

/** Finds uses of rows that may not be there: of an optional row, of an item of a map of rows, of the first of no rows. */
export class RowUses {
  readonly #program: Program;
  readonly #around: Surroundings;
  readonly #optional: OptionalValues;
  readonly #sure: SureRows;
  readonly #inside: UsedInside;
  readonly #first: FirstThere;

  constructor(around: Surroundings) {
    this.#around = around;
    this.#program = around.program;
    this.#sure = new SureRows(around.graph);
    this.#inside = new UsedInside(around.program, (call, fn) => this.#optional.leaves(call, fn));
    const asked = new AskedRows(around.program, this.#sure);
    this.#first = new FirstThere(around.graph, asked);
    this.#optional = new OptionalValues(around, asked);
  }

  /** The uses in a function's own body. */
  of(fn: FunctionInfo): Observation[] {
    const candidates =
      this.#program.without.has('candidates') ||
      hasCandidates(fn, {
        optional: (expr) => this.#optional.given(expr, fn) !== null,
        first: (expr) => firstByIndex(this.#program, expr, fn) !== null,
        unpacked: (target, value) => unpackedRow(this.#program, target, value, fn) !== null,
      }) ||
      mayLeaveNone(fn);
    if (!candidates) return [];
    this.#program.work.walks++;
    const out: (Observation | null)[] = [];
    const told = new Set<Expr>();
    const before: Used[] = [];
    const inside = new Map<Expr, () => Observation | null>();
    const handed = (fact: Fact, value: Expr, to: Handed): void => {
      const used = to.kind === 'argument' && !fact.fresh ? this.#inside.of(to.call, value, fn) : null;
      if (used !== null && !inside.has(fact.source))
        inside.set(fact.source, () =>
          this.#sure.has(fn, fact, value, before)
            ? null
            : this.#optionalRow(fn, fact, value, used.use, dottedName(value), used),
        );
      if (!fact.fresh || told.has(fact.source) || !promisesValue(this.#program, fn, to)) return;
      told.add(fact.source);
      out.push(this.#optionalRow(fn, fact, value, 'promise', dottedName(value)));
    };
    narrow(fn.body, {
      optional: (expr, state) => this.#optional.fact(expr, fn, state),
      used: (fact, at, use, name) => {
        if (this.#optional.isRuledOut(fact, at, fn)) return;
        if (!told.has(fact.source) && !this.#sure.has(fn, fact, at, before)) {
          const earlier = inside.get(fact.source);
          out.push(earlier === undefined ? this.#optionalRow(fn, fact, at, use, name) : earlier());
        }
        told.add(fact.source);
        before.push({ source: fact.source, at });
      },
      item: (expr, state, caught) => {
        if (told.has(expr)) return;
        told.add(expr);
        const map = caught('KeyError') ? null : uncheckedMap(this.#program, expr, fn, state);
        if (map !== null) out.push(this.#rowMap(fn, expr, map));
        const first = map !== null || caught('IndexError') ? null : firstByIndex(this.#program, expr, fn);
        if (first !== null) out.push(this.#rowIndex(fn, expr, first, state));
      },
      unpacked: (target, value, state, caught) => {
        const one = caught('ValueError') ? null : unpackedRow(this.#program, target, value, fn);
        if (one !== null) out.push(this.#rowIndex(fn, value, one, state));
      },
      leaves: (call) => this.#optional.leaves(call, fn),
      neverBound: (stmt, name) => isNeverBound(fn, stmt, name),
      gaveUp: () => undefined,
      returned: (fact, value) => handed(fact, value, { kind: 'returned' }),
      handed,
    });
    for (const [source, observed] of inside) if (!told.has(source)) out.push(observed());
    return out.filter((observation) => observation !== null);
  }

  #optionalRow(
    fn: FunctionInfo,
    fact: Fact,
    at: Expr,
    use: OptionalRow['use'],
    name: string | null,
    inside: Inside | null = null,
  ): Observation | null {
    const found = this.#escaping(fn, at, ERRORS[use]);
    const fetched = placeAt(fn, fact.source);
    if (found === null || (fetched !== null && afterConflict(fetched, fact.model))) return null;
    const given = fact.missed === null ? this.#given(fn, fact, at) : this.#around.misses.of(fn, fact.missed);
    if (given === null) return null;
    return {
      kind: 'optional-row',
      ...found,
      ...given,
      confidence: fact.by === 'query' && isDangling(given.origins) ? 'high' : 'medium',
      use,
      inside,
      by: fact.by,
      checked: fact.checked,
      name,
      ofParent:
        !fact.fresh &&
        (fact.ofParent ||
          isAmongOwn(this.#program, fact, fn) ||
          isListedBy(this.#program, fact, fn) ||
          isAskedBefore(this.#program, fact, given.key, fetched) ||
          isKept(this.#program, fact, given, fetched) ||
          isUnnamedEntry(this.#program, found.verdict.entry)),
    };
  }

  #given(fn: FunctionInfo, { source, call, method, model, decided, ofTable }: Fact, at: Expr): Fetched {
    const key = call === null ? null : keyOfCall(call);
    const origins = ofTable ? [onlyTable(fn, at)] : this.#originsOf(key, fn);
    return { fetched: spanOf(source), method, model, call, key, origins, decided };
  }

  #rowMap(
    fn: FunctionInfo,
    expr: Extract<Expr, { kind: 'Subscript' }>,
    map: NonNullable<ReturnType<typeof uncheckedMap>>,
  ): Observation | null {
    const origins = this.#around.origins.of(expr.index, fn);
    if (!isDangling(origins, map.ownKey)) return null;
    const untold = map.ownKey && origins.every(({ kind }) => UNTOLD.has(kind));
    if (untold && map.ids !== null && this.#around.origins.of(map.ids, fn).every(isConstrained)) return null;
    const found = this.#escaping(fn, expr, 'builtins.KeyError');
    if (found === null) return null;
    return {
      kind: 'row-map',
      ...found,
      confidence: 'medium',
      model: map.model,
      origins,
      name: map.name,
      built: spanOf(map.built),
      key: expr.index,
      bulk: map.bulk,
      ofParents:
        map.ownKey && origins.every(isOfNoId) && namesParent(this.#program, expr.index, map.modelKey, fn),
      ofRows: map.ofRows,
    };
  }

  #rowIndex(fn: FunctionInfo, expr: Expr, first: FirstByIndex, state: State): Observation | null {
    if (this.#optional.asked(state.tests, first.rows, fn)) return null;
    const found = this.#escaping(
      fn,
      expr,
      `builtins.${first.how === 'unpack' ? 'ValueError' : 'IndexError'}`,
    );
    return found === null || this.#first.has(first.rows, expr, fn, found.host.entry === null)
      ? null
      : {
          kind: 'row-index',
          ...found,
          confidence: 'medium',
          origins: first.ofTable ? [onlyTable(fn, expr)] : this.#originsOf(first.constant, fn),
          ...first,
        };
  }

  /** A use whose exception reaches an entry point; null when somebody answers it. */
  #escaping(
    fn: FunctionInfo,
    at: Expr,
    error: string,
  ): { path: string; span: Span; host: Host; verdict: Escapes; missedBy?: MissedBy } | null {
    const place = placeAt(fn, at);
    if (place === null || afterConflict(place) || isLeftOut(this.#around.graph, fn, error)) return null;
    const verdict = this.#around.verdict(error, place);
    if (verdict.kind !== 'escapes') return null;
    const passed = missedBy(this.#program, place.frame, fn, { kind: 'external', name: error });
    return {
      path: fn.path,
      span: spanOf(at),
      host: this.#around.host(place, at),
      verdict,
      ...(passed === null ? {} : { missedBy: passed }),
    };
  }

  #originsOf(key: Expr | null, fn: FunctionInfo): readonly Origin[] {
    return key === null ? [] : this.#around.origins.of(key, fn);
  }
}

/** What a use of None raises. */
const ERRORS: Readonly<Record<OptionalRow['use'], string>> = {
  attribute: 'builtins.AttributeError',
  item: 'builtins.TypeError',
  call: 'builtins.TypeError',
  unpack: 'builtins.TypeError',
  iterate: 'builtins.TypeError',
  promise: 'builtins.TypeError',
  name: 'builtins.UnboundLocalError',
};

function spanOf({ start, end }: Span): Span {
  return { start, end };
}
