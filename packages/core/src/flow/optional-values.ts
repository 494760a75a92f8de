import { OPTIONAL_METHODS } from '../django/index.ts';
import {
  type ClassInfo,
  type FunctionInfo,
  parts,
  type Program,
  PROPERTY,
  type Type,
} from '../project/index.ts';
import type { Call, Expr } from '../syntax/index.ts';
import { asksInside } from './asked-inside.ts';
import { type AskedRows, modelOf, modelsOnWay } from './asked-rows.ts';
import type { BornWith } from './born-with.ts';
import { genericRow } from './generic-rows.ts';
import { NulledRelations } from './nulled-relations.ts';
import type { SiteIndex } from './site-index.ts';
import { chosenAt } from './chosen-at.ts';
import { chosenOf } from './held-defaults.ts';
import { type Fact, factOf, type State } from './narrow-state.ts';
import { firstOfParent, firstOfTable } from './observe-rows.ts';
import { type Getter, OptionalGetters } from './optional-getters.ts';
import { type OptionalNames, optionalNames } from './optional-names.ts';
import { isAtHand } from './optional-asked.ts';
import { nextRow } from './next-row.ts';
import { alwaysRaises, isItemRead, isOwnHelper, isSelf, mentions } from './optional-syntax.ts';
import { serviceClass } from './service-items.ts';
import { lastName } from './site-table.ts';

/** What it needs to know of the program. `fresh`: functions that give None since a fix. */
interface Known {
  readonly program: Program;
  readonly bornWith: BornWith;
  readonly fresh: ReadonlySet<string>;
  readonly graph: { readonly sites: SiteIndex };
}

/** Knows which calls and properties give None for a missing row: Django's own, and functions of the project that decide so. */
export class OptionalValues {
  readonly #program: Program;
  readonly #asked: AskedRows;
  readonly #bornWith: BornWith;
  readonly #fresh: ReadonlySet<string>;
  readonly #getters: OptionalGetters;
  readonly #names: OptionalNames;
  readonly #nulled: NulledRelations;

  constructor({ program, bornWith, fresh, graph }: Known, asked: AskedRows) {
    this.#nulled = new NulledRelations(program, graph.sites);
    this.#program = program;
    this.#asked = asked;
    this.#bornWith = bornWith;
    this.#fresh = fresh;
    this.#names = optionalNames(program, fresh);
    this.#getters = new OptionalGetters(this.#names, fresh, {
      optional: (expr, fn, state) => {
        const fact = this.fact(expr, fn, state);
        return fact !== null && isAtHand(program, fact, fn) ? null : fact;
      },
      leaves: (call, fn) => this.leaves(call, fn),
    });
  }

  /** The fact about the value of a call or an attribute; null when it is always there, or when something asked before. */
  fact(expr: Expr, fn: FunctionInfo, state: State): Fact | null {
    const fact = this.given(expr, fn);
    if (fact === null) return null;
    return state.tests.some(
      (test) =>
        mentions(test, fact.method) ||
        (fact.by === 'nulled' && mentions(test, `${fact.method}_id`)) ||
        asksInside(this.#program, test, fact, fn),
    ) ||
      (fact.by === 'query' && this.asked(state.tests, expr, fn))
      ? null
      : fact;
  }

  /** The same without a look at what was asked before. */
  given(expr: Expr, fn: FunctionInfo): Fact | null {
    if (expr.kind === 'Call')
      return this.#query(expr, fn) ?? nextRow(this.#program, expr, fn) ?? this.#getter(expr, fn);
    return expr.kind === 'Attribute'
      ? (this.#property(expr, fn) ?? genericRow(this.#program, expr, fn) ?? this.#nulled.fact(expr, fn))
      : null;
  }

  /** True when one of the tests looked at rows of the same model: `if qs.exists()`, `if not qs: return`, `if count`. */
  asked(tests: readonly Expr[], rows: Expr, fn: FunctionInfo): boolean {
    const receiver = rows.kind === 'Call' && rows.func.kind === 'Attribute' ? rows.func.value : rows;
    const { infer } = this.#program;
    const model =
      modelOf(this.#program, infer.expr(receiver, fn)) ?? modelOf(this.#program, infer.expr(rows, fn));
    if (model === null || tests.length === 0) return false;
    const ways = [receiver, rows].flatMap((expr) => modelsOnWay(this.#program, infer.expr(expr, fn)));
    const models = [model, ...ways];
    return tests.some((test) => models.some((one) => this.#asked.looksAt(test, fn, one)));
  }

  #query(call: Extract<Expr, { kind: 'Call' }>, fn: FunctionInfo): Fact | null {
    if (call.func.kind !== 'Attribute' || !OPTIONAL_METHODS.has(call.func.attr)) return null;
    const type = parts(this.#program.infer.expr(call.func, fn)).find((part) => part.t === 'rows-method');
    if (type?.t !== 'rows-method' || type.rows.chain.some((link) => link.method === 'aggregate')) return null;
    return factOf(call, {
      call,
      by: 'query',
      method: type.method,
      model: type.rows.model.name,
      ofTable: firstOfTable(this.#program, call, fn),
      ofParent: firstOfParent(this.#program, call, fn) || this.#bornWith.hasFirst(type.rows),
    });
  }

  #getter(call: Extract<Expr, { kind: 'Call' }>, fn: FunctionInfo): Fact | null {
    const name = lastName(call.func);
    if (name === null || !this.#names.getters.has(name) || isItemRead(call)) return null;
    const callees = parts(this.#program.infer.expr(call.func, fn));
    const functions = this.#called(call, callees);
    const getters = functions.map((callee) =>
      this.#isProperty(callee) ? null : this.#getters.of(callee, chosenOf(this.#program, callee, call, fn)),
    );
    const first = decisive([
      ...getters,
      ...functions.flatMap((callee) => this.#freshOverrides(callee, callees, call.func, fn)),
    ]);
    if (first === null || (!first.fresh && isOwnHelper(call, fn))) return null;
    return factOf(call, {
      call,
      by: first.by,
      method: name,
      model: this.#modelName(first.fn),
      decided: first.decided,
      ofTable: first.ofTable,
      ofParent: first.ofParent,
      fresh: first.fresh,
    });
  }

  #called({ func }: Call, callees: readonly Type[]): readonly FunctionInfo[] {
    const resolved = callees.flatMap((type) => (type.t === 'function' ? [type.fn] : []));
    return resolved.length === callees.length && resolved.length > 0 ? resolved : this.#serviceMethod(func);
  }

  /** True where the tests around a place say that the getter was asked for something else than what it gives None for. */
  isRuledOut({ by, call, fresh }: Fact, at: Expr, fn: FunctionInfo): boolean {
    if (by !== 'getter' || call === null || fresh) return false;
    return this.#called(call, parts(this.#program.infer.expr(call.func, fn))).every((callee) => {
      const chosen = chosenAt(callee, call, at, fn);
      return chosen !== null && this.#getters.of(callee, chosen) === null;
    });
  }

  /** Overrides that a call of a method may run as well, by the classes of what it is called on. */
  #freshOverrides(
    method: FunctionInfo,
    callees: readonly Type[],
    func: Expr,
    fn: FunctionInfo,
  ): readonly Getter[] {
    if (this.#fresh.size === 0 || method.cls === null) return [];
    const { infer } = this.#program;
    const plain =
      func.kind === 'Attribute' && parts(infer.expr(func.value, fn)).some(({ t }) => t === 'super');
    const on = callees.flatMap((type) =>
      type.t === 'function' && type.fn === method ? (ownerOf(type.self) ?? []) : [],
    );
    return plain ? [] : (on.length > 0 ? on : [method.cls]).flatMap((cls) => this.#freshBelow(cls, method));
  }

  /** Methods of subclasses that give None since a fix, in the place of one of their base. */
  #freshBelow(cls: ClassInfo, method: FunctionInfo): readonly Getter[] {
    if (this.#fresh.size === 0) return [];
    const { hierarchy } = this.#program;
    return hierarchy.subclasses(cls).flatMap((sub) => {
      const own = hierarchy.member(sub, method.name)?.method ?? null;
      const getter = own === null || own === method ? null : this.#getters.of(own);
      return getter?.fresh === true ? [getter] : [];
    });
  }

  /** `user_service.get_user(...)`: of the class `UserService`, however the name came to its instance. */
  #serviceMethod(func: Expr): FunctionInfo[] {
    const receiver = func.kind === 'Attribute' ? lastName(func.value) : null;
    if (func.kind !== 'Attribute' || receiver === null || !receiver.endsWith('_service')) return [];
    const method = this.#names.services.get(`${serviceClass(receiver)}.${func.attr}`);
    return method === undefined ? [] : [method];
  }

  #property(expr: Extract<Expr, { kind: 'Attribute' }>, fn: FunctionInfo): Fact | null {
    if (!this.#names.properties.has(expr.attr)) return null;
    const owners = parts(this.#program.infer.expr(expr.value, fn));
    const found = owners.flatMap((type) => {
      const cls = classOf(type);
      const method = cls === null ? null : (this.#program.hierarchy.member(cls, expr.attr)?.method ?? null);
      if (cls === null || method === null || !this.#isProperty(method)) return [null];
      return [this.#getters.of(method), ...this.#freshBelow(cls, method)];
    });
    const first = decisive(found);
    if (first === null || (isSelf(expr.value, fn) && !first.fresh)) return null;
    return factOf(expr, {
      by: first.by,
      method: expr.attr,
      model: this.#modelName(first.fn),
      decided: first.decided,
      ofTable: first.ofTable,
      ofParent: first.ofParent,
      fresh: first.fresh,
    });
  }

  #isProperty(fn: FunctionInfo): boolean {
    return (
      (fn.def?.decorators.length ?? 0) > 0 &&
      this.#program.decoratorNames(fn).some((name) => PROPERTY.test(name))
    );
  }

  #modelName(fn: FunctionInfo): string | null {
    for (const type of parts(this.#program.infer.returns(fn))) {
      if (type.t === 'row') return type.model.name;
      if (type.t === 'instance') return type.cls.name;
    }
    return null;
  }

  /** True for a call of a function that always raises: declared `NoReturn`, or with a `raise` at its end and no `return`. */
  leaves(call: Call, fn: FunctionInfo): boolean {
    const name = lastName(call.func);
    if (name === null || !this.#names.raisers.has(name)) return false;
    const callees = parts(this.#program.infer.expr(call.func, fn));
    return callees.length > 0 && callees.every((type) => type.t === 'function' && alwaysRaises(type.fn));
  }
}

/** What decides when several functions may be meant: all have to give None, or one of them does since a fix. */
function decisive(getters: readonly (Getter | null)[]): Getter | null {
  const fresh = getters.find((getter) => getter?.fresh === true);
  return fresh ?? (getters.includes(null) ? null : (getters[0] ?? null));
}

/** The class of what a method is called on. */
function ownerOf(self: Type | null): ClassInfo | null {
  if (self?.t === 'class') return self.cls;
  if (self?.t === 'model') return self.model.cls;
  return self === null ? null : classOf(self);
}

function classOf(type: Type): ClassInfo | null {
  if (type.t === 'manager' || type.t === 'queryset') return type.rows.cls;
  return type.t === 'row' ? type.model.cls : type.t === 'instance' ? type.cls : null;
}
