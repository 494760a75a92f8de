import { OPTIONAL_METHODS } from '../django/index.ts';
import {
  type ClassInfo,
  type FunctionInfo,
  parts,
  type Program,
  PROPERTY,
  type Type,
} from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import type { Call, Expr } from '../syntax/index.ts';
import { type AskedRows, modelOf } from './asked-rows.ts';
import { narrow } from './narrow.ts';
import type { Fact, State } from './narrow-state.ts';
import { freshKey, type OptionalNames, optionalNames } from './optional-names.ts';
import {
  alwaysRaises,
  isItemRead,
  isOverload,
  isService,
  mentions,
  noneAfterMiss,
} from './optional-syntax.ts';
import { serviceClass } from './service-items.ts';
import { lastName } from './site-table.ts';
import type { Site } from './verdict.ts';

/** Why a function's result may be None for a missing row. */
interface Getter {
  readonly fn: FunctionInfo;
  readonly by: 'getter' | 'service';
  readonly decided: Site;
  readonly fresh: boolean;
}

/** Knows which calls and properties give None for a missing row: Django's own, and functions of the project that decide so. */
export class OptionalValues {
  readonly #program: Program;
  readonly #asked: AskedRows;
  readonly #fresh: ReadonlySet<string>;
  readonly #getters = new Map<FunctionInfo, Getter | null>();
  readonly #names: OptionalNames;

  constructor(program: Program, asked: AskedRows, fresh: ReadonlySet<string>) {
    this.#program = program;
    this.#asked = asked;
    this.#fresh = fresh;
    this.#names = optionalNames(program, fresh);
  }

  /** The fact about the value of a call or an attribute; null when it is always there, or when something asked before. */
  fact(expr: Expr, fn: FunctionInfo, state: State): Fact | null {
    const fact = this.given(expr, fn);
    if (fact === null) return null;
    return state.tests.some((test) => mentions(test, fact.method)) ||
      (fact.by === 'query' && this.asked(state.tests, expr, fn))
      ? null
      : fact;
  }

  /** The same without a look at what was asked before. */
  given(expr: Expr, fn: FunctionInfo): Fact | null {
    if (expr.kind === 'Call') return this.#query(expr, fn) ?? this.#getter(expr, fn);
    return expr.kind === 'Attribute' ? this.#property(expr, fn) : null;
  }

  /** True when one of the tests looked at rows of the same model: `if qs.exists()`, `if not qs: return`, `if count`. */
  asked(tests: readonly Expr[], rows: Expr, fn: FunctionInfo): boolean {
    const receiver = rows.kind === 'Call' && rows.func.kind === 'Attribute' ? rows.func.value : rows;
    const model = modelOf(this.#program.infer.expr(receiver, fn));
    if (model === null) return false;
    return tests.some((test) => this.#asked.looksAt(test, fn, model));
  }

  #query(call: Extract<Expr, { kind: 'Call' }>, fn: FunctionInfo): Fact | null {
    if (call.func.kind !== 'Attribute' || !OPTIONAL_METHODS.has(call.func.attr)) return null;
    const type = parts(this.#program.infer.expr(call.func, fn)).find((part) => part.t === 'rows-method');
    if (type?.t !== 'rows-method' || type.rows.chain.some((link) => link.method === 'aggregate')) return null;
    return {
      source: call,
      call,
      by: 'query',
      method: type.method,
      model: type.rows.model.name,
      decided: null,
      fresh: false,
    };
  }

  #getter(call: Extract<Expr, { kind: 'Call' }>, fn: FunctionInfo): Fact | null {
    const name = lastName(call.func);
    if (name === null || !this.#names.getters.has(name) || isItemRead(call)) return null;
    const callees = parts(this.#program.infer.expr(call.func, fn));
    const resolved = callees.flatMap((type) => (type.t === 'function' ? [type.fn] : []));
    const functions =
      resolved.length === callees.length && resolved.length > 0 ? resolved : this.#serviceMethod(call.func);
    const getters = functions.map((callee) => (this.#isProperty(callee) ? null : this.#of(callee)));
    const first = decisive([...getters, ...functions.flatMap((callee) => this.#freshOverrides(callee))]);
    if (first === null || (!first.fresh && isOwnHelper(call, fn))) return null;
    return {
      source: call,
      call,
      by: first.by,
      method: name,
      model: this.#modelName(first.fn),
      decided: first.decided,
      fresh: first.fresh,
    };
  }

  /** Methods of subclasses that give None since a fix: a call of the base's method may run them. */
  #freshOverrides(fn: FunctionInfo): readonly Getter[] {
    if (this.#fresh.size === 0 || fn.cls === null) return [];
    const { hierarchy } = this.#program;
    return hierarchy.subclasses(fn.cls).flatMap((cls) => {
      const method = hierarchy.member(cls, fn.name)?.method ?? null;
      const getter = method === null || method === fn ? null : this.#of(method);
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
    const found = owners.map((type) => {
      const cls = classOf(type);
      const method = cls === null ? null : (this.#program.hierarchy.member(cls, expr.attr)?.method ?? null);
      return method !== null && this.#isProperty(method) ? this.#of(method) : null;
    });
    const first = decisive(found);
    if (first === null || (isSelf(expr.value, fn) && !first.fresh)) return null;
    return {
      source: expr,
      call: null,
      by: first.by,
      method: expr.attr,
      model: this.#modelName(first.fn),
      decided: first.decided,
      fresh: first.fresh,
    };
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

  #of(fn: FunctionInfo): Getter | null {
    const known = this.#getters.get(fn);
    if (known !== undefined) return known;
    this.#getters.set(fn, null);
    const decided = this.#decide(fn);
    const getter = decided?.fresh === true || this.#names.written.has(fn.name) ? decided : null;
    this.#getters.set(fn, getter);
    return getter;
  }

  #decide(fn: FunctionInfo): Getter | null {
    if (fn.def === null || fn.def.generator || !this.#names.getters.has(fn.name) || isOverload(fn))
      return null;
    const at = (span: Site['span'], by: Getter['by'] = 'getter', fresh = false): Getter => ({
      fn,
      by,
      decided: { path: fn.path, span: { start: span.start, end: span.end } },
      fresh,
    });
    if (this.#fresh.has(freshKey(fn.path, fn.qualname))) return at(fn.def.nameSpan, 'getter', true);
    if (isService(fn)) return at(fn.def.nameSpan, 'service');
    const decided = noneAfterMiss(fn);
    if (decided !== null) return at(decided);
    let returned: Fact | null = null;
    let given = false;
    narrow(fn.body, {
      optional: (expr, state) => this.fact(expr, fn, state),
      used: () => undefined,
      item: () => undefined,
      handed: () => undefined,
      leaves: (call) => this.leaves(call, fn),
      returned: (fact, value) => {
        if (returned === null || (fact.fresh && !returned.fresh)) returned = fact;
        given ||= value.kind === 'Name' && mayBeGiven(value, fn);
      },
    });
    return given ? null : this.#handedOn(returned, at);
  }

  #handedOn(fact: Fact | null, at: (span: Site['span']) => Getter): Getter | null {
    if (fact === null) return null;
    const own = at(fact.source);
    return fact.fresh && fact.decided !== null ? { ...own, decided: fact.decided, fresh: true } : own;
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

/** What a class asks of itself was checked elsewhere in it: in `dispatch`, in `setup`, by whoever calls it. */
function isSelf(expr: Expr, fn: FunctionInfo): boolean {
  return expr.kind === 'Name' && expr.id === fn.params[0]?.name && fn.isMethod;
}

/** `self._parent()`, asked for nothing but itself: a class knows whether it has one. With a key it may be any row. */
function isOwnHelper({ func, args }: Call, fn: FunctionInfo): boolean {
  return (
    func.kind === 'Attribute' && args.length === 0 && /^_[a-z]/.test(func.attr) && isSelf(func.value, fn)
  );
}

function classOf(type: Type): ClassInfo | null {
  if (type.t === 'manager' || type.t === 'queryset') return type.rows.cls;
  return type.t === 'row' ? type.model.cls : type.t === 'instance' ? type.cls : null;
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
