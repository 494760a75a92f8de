import { OPTIONAL_METHODS } from '../django/index.ts';
import { type FunctionInfo, functionSites, sitesOf } from '../project/index.ts';
import {
  type Call,
  type Expr,
  type Handler,
  isNone,
  type Stmt,
  type Try,
  walkExpr,
} from '../syntax/index.ts';
import { lastName } from './site-table.ts';

export function isOverload(fn: FunctionInfo): boolean {
  return fn.def?.decorators.some((decorator) => lastName(decorator) === 'overload') ?? false;
}

export function alwaysRaises(fn: FunctionInfo): boolean {
  const { def } = fn;
  if (def === null || def.generator) return false;
  if (def.returns !== null && /^(NoReturn|Never)$/.test(lastName(def.returns) ?? '')) return true;
  if (def.body.at(-1)?.kind !== 'Raise') return false;
  return (
    functionSites(fn).returns.length === 0 &&
    !def.decorators.some((decorator) => lastName(decorator) === 'abstractmethod') &&
    !raisesNotImplemented(def.body.at(-1))
  );
}

/** A method that is left to its subclasses. */
function raisesNotImplemented(stmt: Stmt | undefined): boolean {
  const exc = stmt?.kind === 'Raise' ? stmt.exc : null;
  return exc !== null && lastName(exc.kind === 'Call' ? exc.func : exc) === 'NotImplementedError';
}

/** A remote method that is declared to give one thing or None: `def get_user(self, user_id) -> RpcUser | None` of a `...Service`. */
export function isService(fn: FunctionInfo): boolean {
  const { def, cls } = fn;
  if (
    def === null ||
    cls === null ||
    def.returns === null ||
    !cls.name.endsWith('Service') ||
    !/^(get|find|fetch|lookup)_/.test(fn.name)
  )
    return false;
  const { returns } = def;
  if (returns.kind === 'BinOp')
    return (
      [returns.left, returns.right].some((side) => side.kind === 'Constant' && side.type === 'none') &&
      [returns.left, returns.right].some(isClassName)
    );
  return returns.kind === 'Subscript' && lastName(returns.value) === 'Optional' && isClassName(returns.index);
}

function isClassName(expr: Expr): boolean {
  return (
    /^[A-Z]\w*[a-z]/.test(lastName(expr) ?? '') &&
    !/^(Any|List|Dict|Mapping|Sequence|Set|Tuple|Iterable|Iterator|Generator|Callable|Type|Decimal|UUID|Request|Response)$/.test(
      lastName(expr) ?? '',
    )
  );
}

/** True for a function that gives None for a row it missed, or asks for the first of some rows and may give that back. */
export function mayDecide(fn: FunctionInfo): boolean {
  const sites = sitesOf(fn);
  const asks = sites.some((site) => {
    const name = site.kind === 'call' ? lastName(site.expr.func) : null;
    return name !== null && isFirst(name);
  });
  return (
    (asks && functionSites(fn).returns.some(({ value }) => value !== null && mayBeFirst(value))) ||
    (asks && givesSomething(fn) && functionSites(fn).returns.some(givesNone)) ||
    noneAfterMiss(fn.body, functionSites(fn).tries) !== null
  );
}

/** A method that gives the first row or None; `next(iter(rows), None)`, too. */
function isFirst(name: string): boolean {
  return name === 'next' || OPTIONAL_METHODS.has(name);
}

/** True for a function that gives something on one way at least: a bare `return` elsewhere means None. */
export function givesSomething(fn: FunctionInfo): boolean {
  return functionSites(fn).returns.some(({ value }) => value !== null && !isNone(value));
}

/** False for what is never a row itself: the result of another call, a display, a text. */
function mayBeFirst(value: Expr): boolean {
  switch (value.kind) {
    case 'Await':
      return mayBeFirst(value.value);
    case 'Call':
      return isFirst(lastName(value.func) ?? '');
    case 'Name':
    case 'Attribute':
    case 'IfExp':
    case 'BoolOp':
    case 'NamedExpr':
      return true;
    default:
      return false;
  }
}

export function returnedCalls(fn: FunctionInfo): ReadonlySet<string> {
  const out = new Set<string>();
  for (const { value: given } of functionSites(fn).returns) {
    const value = given?.kind === 'Await' ? given.value : given;
    const name =
      value?.kind === 'Call' ? lastName(value.func) : value?.kind === 'Attribute' ? value.attr : null;
    if (name !== null) out.add(name);
  }
  return out;
}

function catchesMiss(handler: Handler): boolean {
  const named =
    handler.type === null ? [] : handler.type.kind === 'Tuple' ? handler.type.elts : [handler.type];
  return named.some((type) => /(^|Object)DoesNotExist$/.test(lastName(type) ?? ''));
}

/** Where a body with these `try` statements gives None because a row was missing: in the handler, or after one that passes. */
export function noneAfterMiss(body: readonly Stmt[], tries: readonly Try[]): Stmt | null {
  for (const stmt of tries)
    for (const handler of stmt.handlers) {
      if (!catchesMiss(handler)) continue;
      const found = handler.body.find(givesNone) ?? fallsToNone(body, stmt, handler);
      if (found !== null) return found;
    }
  return null;
}

function givesNone(stmt: Stmt): boolean {
  return (
    stmt.kind === 'Return' &&
    (stmt.value === null || (stmt.value.kind === 'Constant' && stmt.value.type === 'none'))
  );
}

/** A handler that only logs or passes, at the end of the function or right before `return None`; or that sets the result to None. */
function fallsToNone(body: readonly Stmt[], stmt: Stmt, handler: Handler): Stmt | null {
  const next = body[body.indexOf(stmt) + 1];
  if (!body.includes(stmt)) return null;
  const first = handler.body[0];
  if (
    first !== undefined &&
    handler.body.every((inner) => inner.kind === 'Pass' || inner.kind === 'ExprStmt') &&
    next !== undefined &&
    givesNone(next)
  )
    return next;
  const set = handler.body.find(
    (inner) => inner.kind === 'Assign' && inner.value?.kind === 'Constant' && inner.value.type === 'none',
  );
  const name = set?.kind === 'Assign' && set.targets[0]?.kind === 'Name' ? set.targets[0].id : null;
  return name !== null && next?.kind === 'Return' && next.value?.kind === 'Name' && next.value.id === name
    ? (set ?? null)
    : null;
}

/** `data.get('name')`: a text in the code names an item, not a row. */
export function isItemRead({ func, args }: Call): boolean {
  const key = args[0]?.value;
  return lastName(func) === 'get' && key?.kind === 'Constant' && key.type === 'str';
}

export function mentions(test: Expr, method: string): boolean {
  const asks = method.startsWith('get_') ? method.slice('get_'.length) : method;
  const names = new Set([method, `${asks}_exists`, `has_${asks}`]);
  let found = false;
  walkExpr(test, (part) => {
    if ((part.kind === 'Attribute' && names.has(part.attr)) || (part.kind === 'Name' && names.has(part.id)))
      found = true;
  });
  return found;
}

/** What a class asks of itself was checked elsewhere in it: in `dispatch`, in `setup`, by whoever calls it. */
export function isSelf(expr: Expr, fn: FunctionInfo): boolean {
  return expr.kind === 'Name' && expr.id === fn.params[0]?.name && fn.isMethod;
}

/** `self._parent()`, asked for nothing but itself: a class knows whether it has one. With a key it may be any row. */
export function isOwnHelper({ func, args }: Call, fn: FunctionInfo): boolean {
  return (
    func.kind === 'Attribute' && args.length === 0 && /^_[a-z]/.test(func.attr) && isSelf(func.value, fn)
  );
}
