import { OPTIONAL_METHODS } from '../django/index.ts';
import { type FunctionInfo, parts, perModule, type Program, PROPERTY, type Type } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { type Call, type Expr, walkExpr } from '../syntax/index.ts';
import { narrow } from './narrow.ts';
import type { Fact, State } from './narrow-state.ts';
import {
  alwaysRaises,
  isOverload,
  isService,
  mayDecide,
  noneAfterMiss,
  returnedCalls,
} from './optional-syntax.ts';
import { lastName } from './site-table.ts';
import type { Site } from './verdict.ts';

/** Why a function's result may be None for a missing row. */
interface Getter {
  readonly fn: FunctionInfo;
  readonly by: 'getter' | 'service';
  readonly decided: Site;
}

/** What the functions of a module are by their own text. */
interface Decisions {
  readonly services: readonly (readonly [string, FunctionInfo])[];
  readonly names: readonly string[];
  readonly raisers: readonly string[];
  readonly handOn: readonly { readonly name: string; readonly called: ReadonlySet<string> }[];
}

const decisionsOf = perModule((module): Decisions => {
  const own = module.functions.filter(({ def }) => def !== null && !def.generator);
  const services = own.flatMap((fn): [string, FunctionInfo][] =>
    fn.cls !== null && isService(fn) ? [[`${fn.cls.name}.${fn.name}`, fn]] : [],
  );
  const nameOf = ({ name }: FunctionInfo): string => name;
  return {
    services,
    names: own.filter((fn) => isService(fn) || mayDecide(fn)).map(nameOf),
    raisers: own.filter(alwaysRaises).map(nameOf),
    handOn: own
      .map((fn) => ({ name: fn.name, called: returnedCalls(fn) }))
      .filter(({ called }) => called.size > 0),
  };
});

/** Knows which calls and properties give None for a missing row: Django's own, and functions of the project that decide so. */
export class OptionalValues {
  readonly #program: Program;
  readonly #getters = new Map<FunctionInfo, Getter | null>();
  /** Names of functions that may be getters: others are not looked at. */
  readonly #names = new Set<string>();
  /** Names of functions that may never come back. */
  readonly #raisers = new Set<string>();
  /** Remote methods by `Class.method`. */
  readonly #services = new Map<string, FunctionInfo>();

  constructor(program: Program) {
    this.#program = program;
    const decided = program.modules.map(decisionsOf);
    for (const { services, names, raisers } of decided) {
      for (const [name, fn] of services) this.#services.set(name, fn);
      for (const name of names) this.#names.add(name);
      for (const name of raisers) this.#raisers.add(name);
    }
    for (const { handOn } of decided)
      for (const { name, called } of handOn)
        if ([...called].some((other) => this.#names.has(other))) this.#names.add(name);
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
    return tests.some((test) => {
      let found = false;
      const look = (part: Expr): void => {
        if (part.kind === 'Name' || part.kind === 'Attribute' || part.kind === 'Call')
          found ||= modelOf(this.#program.infer.expr(part, fn)) === model;
      };
      walkExpr(test, (part) => {
        look(part);
        if (part.kind !== 'Name') return;
        for (const { source } of reaching(fn.scope.bindings.get(part.id) ?? [], part.start))
          if (source.kind === 'assign' && source.value !== null) walkExpr(source.value, look);
      });
      return found;
    });
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
    };
  }

  #getter(call: Extract<Expr, { kind: 'Call' }>, fn: FunctionInfo): Fact | null {
    const name = lastName(call.func);
    if (name === null || !this.#names.has(name) || isItemRead(call)) return null;
    const callees = parts(this.#program.infer.expr(call.func, fn));
    const resolved = callees.flatMap((type) => (type.t === 'function' ? [type.fn] : []));
    const functions =
      resolved.length === callees.length && resolved.length > 0 ? resolved : this.#serviceMethod(call.func);
    const getters = functions.map((callee) => (this.#isProperty(callee) ? null : this.#of(callee)));
    const first = getters[0];
    if (first === undefined || first === null || getters.includes(null)) return null;
    return {
      source: call,
      call,
      by: first.by,
      method: name,
      model: this.#modelName(first.fn),
      decided: first.decided,
    };
  }

  /** `user_service.get_user(...)`: of the class `UserService`, however the name came to its instance. */
  #serviceMethod(func: Expr): FunctionInfo[] {
    const receiver = func.kind === 'Attribute' ? lastName(func.value) : null;
    if (func.kind !== 'Attribute' || receiver === null || !receiver.endsWith('_service')) return [];
    const cls = receiver.replaceAll(/(^|_)(\w)/g, (_all, _bar, letter: string) => letter.toUpperCase());
    const method = this.#services.get(`${cls}.${func.attr}`);
    return method === undefined ? [] : [method];
  }

  #property(expr: Extract<Expr, { kind: 'Attribute' }>, fn: FunctionInfo): Fact | null {
    if (!this.#names.has(expr.attr) || isSelf(expr.value, fn)) return null;
    const owners = parts(this.#program.infer.expr(expr.value, fn));
    const found = owners.map((type) => {
      const cls = type.t === 'row' ? type.model.cls : type.t === 'instance' ? type.cls : null;
      const method = cls === null ? null : (this.#program.hierarchy.member(cls, expr.attr)?.method ?? null);
      return method !== null && this.#isProperty(method) ? this.#of(method) : null;
    });
    const first = found[0];
    if (first === undefined || first === null || found.includes(null)) return null;
    return {
      source: expr,
      call: null,
      by: first.by,
      method: expr.attr,
      model: this.#modelName(first.fn),
      decided: first.decided,
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
    const getter = this.#decide(fn);
    this.#getters.set(fn, getter);
    return getter;
  }

  #decide(fn: FunctionInfo): Getter | null {
    if (fn.def === null || fn.def.generator || !this.#names.has(fn.name) || isOverload(fn)) return null;
    const at = (span: Site['span'], by: Getter['by'] = 'getter'): Getter => ({
      fn,
      by,
      decided: { path: fn.path, span: { start: span.start, end: span.end } },
    });
    if (isService(fn)) return at(fn.def.nameSpan, 'service');
    const decided = noneAfterMiss(fn.body);
    if (decided !== null) return at(decided);
    let returned: Expr | null = null;
    let given = false;
    narrow(fn.body, {
      optional: (expr, state) => this.fact(expr, fn, state),
      used: () => undefined,
      item: () => undefined,
      leaves: (call) => this.leaves(call, fn),
      returned: (fact, value) => {
        returned ??= fact.source;
        given ||= value.kind === 'Name' && mayBeGiven(value, fn);
      },
    });
    return returned === null || given ? null : at(returned);
  }

  /** True for a call of a function that always raises: declared `NoReturn`, or with a `raise` at its end and no `return`. */
  leaves(call: Call, fn: FunctionInfo): boolean {
    const name = lastName(call.func);
    if (name === null || !this.#raisers.has(name)) return false;
    const callees = parts(this.#program.infer.expr(call.func, fn));
    return callees.length > 0 && callees.every((type) => type.t === 'function' && alwaysRaises(type.fn));
  }
}

/** What a class asks of itself was checked elsewhere in it: in `dispatch`, in `setup`, by whoever calls it. */
function isSelf(expr: Expr, fn: FunctionInfo): boolean {
  return expr.kind === 'Name' && expr.id === fn.params[0]?.name && fn.isMethod;
}

function modelOf(type: Type): string | null {
  for (const part of parts(type)) {
    if (part.t === 'queryset' || part.t === 'manager' || part.t === 'rows-method') return part.rows.model.key;
    if (part.t === 'seq' && part.item.t === 'row') return part.item.model.key;
  }
  return null;
}

/** `data.get('name')`: a text in the code names an item, not a row. */
function isItemRead({ func, args }: Call): boolean {
  const key = args[0]?.value;
  return lastName(func) === 'get' && key?.kind === 'Constant' && key.type === 'str';
}

function mentions(test: Expr, method: string): boolean {
  let found = false;
  walkExpr(test, (part) => {
    if ((part.kind === 'Attribute' && part.attr === method) || (part.kind === 'Name' && part.id === method))
      found = true;
  });
  return found;
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
