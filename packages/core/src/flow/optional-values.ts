import { OPTIONAL_METHODS } from '../django/index.ts';
import { type FunctionInfo, parts, type Program, PROPERTY, type Type } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { type Call, type Expr, type Handler, opensScope, type Stmt, stmtExprs, walkExpr, walkStmts } from '../syntax/index.ts';
import { narrow } from './narrow.ts';
import type { Fact, State } from './narrow-state.ts';
import { lastName } from './site-index.ts';
import type { Site } from './verdict.ts';

/** Why a function's result may be None for a missing row. */
interface Getter {
  readonly fn: FunctionInfo;
  readonly by: 'getter' | 'service';
  readonly decided: Site;
}

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
    const handOn: { readonly name: string; readonly called: ReadonlySet<string> }[] = [];
    for (const fn of program.functions) {
      if (fn.def === null || fn.def.generator) continue;
      const service = isService(fn);
      if (service && fn.cls !== null) this.#services.set(`${fn.cls.name}.${fn.name}`, fn);
      if (service || mayDecide(fn)) this.#names.add(fn.name);
      if (alwaysRaises(fn)) this.#raisers.add(fn.name);
      handOn.push({ name: fn.name, called: returnedCalls(fn) });
    }
    for (const { name, called } of handOn) if ([...called].some((other) => this.#names.has(other))) this.#names.add(name);
  }

  /** The fact about the value of a call or an attribute; null when it is always there, or when something asked before. */
  fact(expr: Expr, fn: FunctionInfo, state: State): Fact | null {
    const fact = expr.kind === 'Call' ? (this.#query(expr, fn) ?? this.#getter(expr, fn)) : expr.kind === 'Attribute' ? this.#property(expr, fn) : null;
    if (fact === null) return null;
    return state.tests.some((test) => mentions(test, fact.method)) || (fact.by === 'query' && this.asked(state.tests, expr, fn)) ? null : fact;
  }

  /** True when one of the tests looked at rows of the same model: `if qs.exists()`, `if not qs: return`, `if count`. */
  asked(tests: readonly Expr[], rows: Expr, fn: FunctionInfo): boolean {
    const receiver = rows.kind === 'Call' && rows.func.kind === 'Attribute' ? rows.func.value : rows;
    const model = modelOf(this.#program.infer.expr(receiver, fn));
    if (model === null) return false;
    return tests.some((test) => {
      let found = false;
      const look = (part: Expr): void => {
        if (part.kind === 'Name' || part.kind === 'Attribute' || part.kind === 'Call') found ||= modelOf(this.#program.infer.expr(part, fn)) === model;
      };
      walkExpr(test, (part) => {
        look(part);
        if (part.kind !== 'Name') return;
        for (const { source } of reaching(fn.scope.bindings.get(part.id) ?? [], part.start)) if (source.kind === 'assign' && source.value !== null) walkExpr(source.value, look);
      });
      return found;
    });
  }

  #query(call: Extract<Expr, { kind: 'Call' }>, fn: FunctionInfo): Fact | null {
    if (call.func.kind !== 'Attribute' || !OPTIONAL_METHODS.has(call.func.attr)) return null;
    const type = parts(this.#program.infer.expr(call.func, fn)).find((part) => part.t === 'rows-method');
    if (type?.t !== 'rows-method' || type.rows.chain.some((link) => link.method === 'aggregate')) return null;
    return { source: call, call, by: 'query', method: type.method, model: type.rows.model.name, decided: null };
  }

  #getter(call: Extract<Expr, { kind: 'Call' }>, fn: FunctionInfo): Fact | null {
    const name = lastName(call.func);
    if (name === null || !this.#names.has(name)) return null;
    const callees = parts(this.#program.infer.expr(call.func, fn));
    const resolved = callees.flatMap((type) => (type.t === 'function' ? [type.fn] : []));
    const functions = resolved.length === callees.length && resolved.length > 0 ? resolved : this.#serviceMethod(call.func);
    const getters = functions.map((callee) => (this.#isProperty(callee) ? null : this.#of(callee)));
    const first = getters[0];
    if (first === undefined || first === null || getters.includes(null)) return null;
    return { source: call, call, by: first.by, method: name, model: this.#modelName(first.fn), decided: first.decided };
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
    return { source: expr, call: null, by: first.by, method: expr.attr, model: this.#modelName(first.fn), decided: first.decided };
  }

  #isProperty(fn: FunctionInfo): boolean {
    return (fn.def?.decorators.length ?? 0) > 0 && this.#program.decoratorNames(fn).some((name) => PROPERTY.test(name));
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
    const at = (span: Site['span'], by: Getter['by'] = 'getter'): Getter => ({ fn, by, decided: { path: fn.path, span: { start: span.start, end: span.end } } });
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
        given ||= value.kind === 'Name' && fn.params.some((param) => param.name === value.id);
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

function mentions(test: Expr, method: string): boolean {
  let found = false;
  walkExpr(test, (part) => {
    if ((part.kind === 'Attribute' && part.attr === method) || (part.kind === 'Name' && part.id === method)) found = true;
  });
  return found;
}

function isOverload(fn: FunctionInfo): boolean {
  return fn.def?.decorators.some((decorator) => lastName(decorator) === 'overload') ?? false;
}

function alwaysRaises({ def }: FunctionInfo): boolean {
  if (def === null || def.generator) return false;
  if (def.returns !== null && /^(NoReturn|Never)$/.test(lastName(def.returns) ?? '')) return true;
  let returns = false;
  own(def.body, (stmt) => {
    if (stmt.kind === 'Return') returns = true;
  });
  return !returns && def.body.at(-1)?.kind === 'Raise' && !def.decorators.some((decorator) => lastName(decorator) === 'abstractmethod') && !raisesNotImplemented(def.body.at(-1));
}

/** A method that is left to its subclasses. */
function raisesNotImplemented(stmt: Stmt | undefined): boolean {
  const exc = stmt?.kind === 'Raise' ? stmt.exc : null;
  return exc !== null && lastName(exc.kind === 'Call' ? exc.func : exc) === 'NotImplementedError';
}

/** A remote method that is declared to give one thing or None: `def get_user(self, user_id) -> RpcUser | None` of a `...Service`. */
function isService(fn: FunctionInfo): boolean {
  const { def, cls } = fn;
  if (def === null || cls === null || def.returns === null || !/Service$/.test(cls.name) || !/^(get|find|fetch|lookup)_/.test(fn.name)) return false;
  const { returns } = def;
  if (returns.kind === 'BinOp') return [returns.left, returns.right].some((side) => side.kind === 'Constant' && side.type === 'none') && [returns.left, returns.right].some(isClassName);
  return returns.kind === 'Subscript' && lastName(returns.value) === 'Optional' && isClassName(returns.index);
}

function isClassName(expr: Expr): boolean {
  return /^[A-Z]\w*[a-z]/.test(lastName(expr) ?? '') && !/^(Any|List|Dict|Mapping|Sequence)$/.test(lastName(expr) ?? '');
}

/** True for a function that catches a missing row, or asks for the first of some rows. */
function mayDecide(fn: FunctionInfo): boolean {
  let found = false;
  own(fn.body, (stmt) => {
    if (stmt.kind === 'Try' && stmt.handlers.some(catchesMiss)) found = true;
    if (found || stmt.kind === 'FunctionDef' || stmt.kind === 'ClassDef') return;
    for (const expr of stmtExprs(stmt)) {
      walkExpr(expr, (part) => {
        if (part.kind === 'Attribute' && OPTIONAL_METHODS.has(part.attr)) found = true;
      });
    }
  });
  return found;
}

function returnedCalls(fn: FunctionInfo): ReadonlySet<string> {
  const out = new Set<string>();
  own(fn.body, (stmt) => {
    if (stmt.kind !== 'Return' || stmt.value === null) return;
    const value = stmt.value.kind === 'Await' ? stmt.value.value : stmt.value;
    const name = value.kind === 'Call' ? lastName(value.func) : value.kind === 'Attribute' ? value.attr : null;
    if (name !== null) out.add(name);
  });
  return out;
}

function own(body: readonly Stmt[], visit: (stmt: Stmt) => void): void {
  walkStmts(body, visit, (stmt) => !opensScope(stmt));
}

function catchesMiss(handler: Handler): boolean {
  const named = handler.type === null ? [] : handler.type.kind === 'Tuple' ? handler.type.elts : [handler.type];
  return named.some((type) => /(^|Object)DoesNotExist$/.test(lastName(type) ?? ''));
}

/** Where a function gives None because a row was missing: in the handler, or after one that passes. */
function noneAfterMiss(body: readonly Stmt[]): Stmt | null {
  let found: Stmt | null = null;
  own(body, (stmt) => {
    if (stmt.kind !== 'Try') return;
    for (const handler of stmt.handlers) if (catchesMiss(handler)) found ??= handler.body.find(givesNone) ?? fallsToNone(body, stmt, handler);
  });
  return found;
}

function givesNone(stmt: Stmt): boolean {
  return stmt.kind === 'Return' && (stmt.value === null || (stmt.value.kind === 'Constant' && stmt.value.type === 'none'));
}

/** A handler that only logs or passes, at the end of the function or right before `return None`; or that sets the result to None. */
function fallsToNone(body: readonly Stmt[], stmt: Stmt, handler: Handler): Stmt | null {
  const next = body[body.indexOf(stmt) + 1];
  if (!body.includes(stmt)) return null;
  const first = handler.body[0];
  if (first !== undefined && handler.body.every((inner) => inner.kind === 'Pass' || inner.kind === 'ExprStmt') && next !== undefined && givesNone(next)) return next;
  const set = handler.body.find((inner) => inner.kind === 'Assign' && inner.value?.kind === 'Constant' && inner.value.type === 'none');
  const name = set?.kind === 'Assign' && set.targets[0]?.kind === 'Name' ? set.targets[0].id : null;
  return name !== null && next?.kind === 'Return' && next.value?.kind === 'Name' && next.value.id === name ? (set ?? null) : null;
}
