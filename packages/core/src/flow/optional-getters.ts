import type { FunctionInfo } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { type Call, type Expr, opensScope, type Stmt, type Try, walkStmts } from '../syntax/index.ts';
import { afterConflict } from './after-conflict.ts';
import { type Chosen, chosenBody, NOTHING_CHOSEN } from './chosen-body.ts';
import { narrow } from './narrow.ts';
import { SILENT_HOOKS } from './narrow-hooks.ts';
import type { Fact, State } from './narrow-state.ts';
import { freshKey, type OptionalNames } from './optional-names.ts';
import { placeAt } from './spot.ts';
import { givesSomething, isOverload, isService, noneAfterMiss } from './optional-syntax.ts';
import type { Site } from './verdict.ts';

/** Why a function's result may be None for a missing row. */
export interface Getter {
  readonly fn: FunctionInfo;
  readonly by: 'getter' | 'service';
  readonly decided: Site;
  readonly ofTable: boolean;
  readonly ofParent: boolean;
  readonly fresh: boolean;
}

/** What it asks about a function's own calls. */
interface Inside {
  readonly optional: (expr: Expr, fn: FunctionInfo, state: State) => Fact | null;
  readonly leaves: (call: Call, fn: FunctionInfo) => boolean;
}

/** Knows which functions of the project give None for a missing row, by what a call chooses of them. */
export class OptionalGetters {
  readonly #names: OptionalNames;
  readonly #fresh: ReadonlySet<string>;
  readonly #inside: Inside;
  readonly #known = new Map<FunctionInfo, Map<string, Getter | null>>();

  constructor(names: OptionalNames, fresh: ReadonlySet<string>, inside: Inside) {
    this.#names = names;
    this.#fresh = fresh;
    this.#inside = inside;
  }

  of(fn: FunctionInfo, chosen: Chosen = NOTHING_CHOSEN): Getter | null {
    if (fn.def === null || fn.def.generator || !this.#names.getters.has(fn.name) || isOverload(fn))
      return null;
    const ways = this.#known.get(fn) ?? new Map<string, Getter | null>();
    this.#known.set(fn, ways);
    const way = [...chosen].map(([name, value]) => `${name}=${value}`).join();
    const known = ways.get(way);
    if (known !== undefined) return known;
    ways.set(way, null);
    const decided = this.#decide(fn, fn.def.nameSpan, chosen);
    const getter = decided?.fresh === true || this.#names.written.has(fn.name) ? decided : null;
    ways.set(way, getter);
    return getter;
  }

  #decide(fn: FunctionInfo, name: Site['span'], chosen: Chosen): Getter | null {
    const at = (span: Site['span'], by: Getter['by'] = 'getter', fresh = false): Getter => ({
      fn,
      by,
      decided: { path: fn.path, span: { start: span.start, end: span.end } },
      ofTable: false,
      ofParent: false,
      fresh,
    });
    if (this.#fresh.has(freshKey(fn.path, fn.qualname))) return at(name, 'getter', true);
    if (isService(fn)) return at(name, 'service');
    const body = chosenBody(fn, chosen);
    const decided = noneAfterMiss(body, triesOf(body));
    if (decided !== null) return at(decided);
    let returned: Fact | null = null;
    let given = false;
    const isAsking = givesSomething(fn);
    narrow(body, {
      ...SILENT_HOOKS,
      optional: (expr, state) => {
        const found = this.#inside.optional(expr, fn, state);
        const place = found === null ? null : placeAt(fn, expr);
        return place !== null && afterConflict(place) ? null : found;
      },
      leaves: (call) => this.#inside.leaves(call, fn),
      gaveUp: (fact) => {
        if (fact.missed === null && isAsking) returned ??= fact;
      },
      returned: (fact, value) => {
        if (fact.missed !== null) return;
        if (returned === null || (fact.fresh && !returned.fresh)) returned = fact;
        given ||= value.kind === 'Name' && mayBeGiven(value, fn);
      },
    });
    return given ? null : handedOn(returned, at);
  }
}

function triesOf(body: readonly Stmt[]): Try[] {
  const out: Try[] = [];
  walkStmts(
    body,
    (stmt) => {
      if (stmt.kind === 'Try') out.push(stmt);
    },
    (stmt) => !opensScope(stmt),
  );
  return out;
}

function handedOn(fact: Fact | null, at: (span: Site['span']) => Getter): Getter | null {
  if (fact === null) return null;
  const own = { ...at(fact.source), ofTable: fact.ofTable, ofParent: fact.ofParent };
  return fact.fresh && fact.decided !== null ? { ...own, decided: fact.decided, fresh: true } : own;
}

/** A name that is a parameter, or `row = row or fetch()` of one: what comes back depends on what the caller gave. */
function mayBeGiven(name: Extract<Expr, { kind: 'Name' }>, fn: FunctionInfo): boolean {
  const isParam = (expr: Expr): boolean =>
    expr.kind === 'Name' && fn.params.some((param) => param.name === expr.id);
  if (isParam(name)) return true;
  return reaching(fn.scope.bindings.get(name.id) ?? [], name.start).some(({ source }) => {
    const value = source.kind === 'assign' ? source.value : null;
    return value?.kind === 'BoolOp' && isParam(value.left);
  });
}
