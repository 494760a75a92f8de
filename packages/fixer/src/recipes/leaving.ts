import {
  dottedName,
  type Expr,
  type FunctionDef,
  type Handler,
  type Host,
  type Lookup,
  opensScope,
  type Stmt,
  stmtExprs,
  walkExpr,
  walkStmts,
} from '@danglint/core';
import { catchesMissingRows, catchesOnlyMissingRows } from './handler.ts';
import { isVoid } from './host-names.ts';
import type { Place } from './place.ts';
import { allowsNone } from './write/optional-return.ts';

const NEVER_NONE =
  /^__(?:str|repr|len|length_hint|bool|hash|iter|aiter|next|anext|contains|int|float|complex|index|bytes|format|fspath|dir|set_name|init_subclass|eq|lt|le|gt|ge|ne)__$/;
const CONSTRUCTORS = /^__(?:init|new|post_init|setstate|enter|aenter)__$/;
const RAISES_BY_NAME = /(?:^|_)or_(?:raise|throw|error|fail|die|abort|404|not_found)(?:_|$)|^_?must_/;
const ASKED_BY_NAME = /^__(?:getattr|getattribute|getitem|missing)__$/;

/** Why a function cannot leave early with None; null when it can. */
export function noneTrap(fn: FunctionDef): string | null {
  if (CONSTRUCTORS.test(fn.name)) return 'leaving a constructor early would give a half-built object';
  if (NEVER_NONE.test(fn.name)) return `\`${fn.name}\` must not return None`;
  if (RAISES_BY_NAME.test(fn.name)) return `\`${fn.name}\` says that it raises`;
  if (ASKED_BY_NAME.test(fn.name)) return `\`${fn.name}\` tells with an exception that there is nothing`;
  return hasDecorator(fn, /(?:^|\.)(?:async)?contextmanager$/) ? 'a context manager has to yield' : null;
}

/** Why an early None would break the promise of a method that the function extends; null where it promises nothing else. */
export function overrideTrap(fn: FunctionDef, { promise, returnsOptional }: Host): string | null {
  if (promise !== null && !fn.generator && !isVoid(fn)) return `\`${promise}\` promises a value`;
  const optional = fn.returns === null ? returnsOptional || !handsOnValue(fn) : allowsNone(fn.returns);
  if (fn.generator || optional) return null;
  return extendsItself(fn) ? `the method that \`${fn.name}\` extends does not give None` : null;
}

/** Why a method that does something of its own before its base class does the rest cannot leave in between. */
export function baseTrap(fn: FunctionDef, { stmt }: Place): string | null {
  return isVoid(fn) && extendsItself(fn, stmt.end)
    ? `an early leave would go past \`super().${fn.name}()\``
    : null;
}

/** True for a method that returns, on each way out, what it has of its base class, or made of that. */
function handsOnValue(fn: FunctionDef): boolean {
  const given = new Set<string>();
  let returned = 0;
  let own = 0;
  walkStmts(
    fn.body,
    (stmt) => {
      if (stmt.kind === 'Assign' && stmt.value !== null && asksBase(stmt.value, fn.name))
        for (const target of stmt.targets) if (target.kind === 'Name') given.add(target.id);
      if (stmt.kind !== 'Return') return;
      returned++;
      const { value } = stmt;
      own +=
        value?.kind === 'Name'
          ? Number(given.has(value.id))
          : Number(value !== null && asksBase(value, fn.name));
    },
    (stmt) => !opensScope(stmt),
  );
  return returned > 0 && own === returned;
}

/** Why a method that gives what a lookup of its base class gives cannot answer it: whoever calls either expects the exception. */
export function handsOnTrap(fn: FunctionDef, { node, position }: Place): string | null {
  const func = node.kind === 'Call' ? node.func : null;
  return position.kind === 'return' && func?.kind === 'Attribute' && isSuper(func.value)
    ? `\`${fn.name}\` hands on what its base class raises for a missing row`
    : null;
}

/** Why a function cannot give None any more: it has stored the row that it makes for its callers. */
export function storedTrap(fn: FunctionDef, { stmt: at }: Place): string | null {
  const returned = new Set<string>();
  const stored = new Set<string>();
  walkStmts(
    fn.body,
    (stmt) => {
      if (stmt.kind === 'Return' && stmt.value?.kind === 'Name') returned.add(stmt.value.id);
      if (stmt.end > at.start) return;
      const name = storedBy(stmt);
      if (name !== null) stored.add(name);
    },
    (stmt) => !opensScope(stmt),
  );
  const row = [...stored].find((name) => returned.has(name));
  return row === undefined ? null : `\`${row}\` is stored already, and its caller would be given None for it`;
}

/** `row.save()`, `row = Row.objects.create(...)`, `row, created = Row.objects.get_or_create(...)`. */
function storedBy(stmt: Stmt): string | null {
  const value = stmt.kind === 'ExprStmt' || stmt.kind === 'Assign' ? stmt.value : null;
  const call = value?.kind === 'Await' ? value.value : value;
  if (call?.kind !== 'Call' || call.func.kind !== 'Attribute') return null;
  const { attr, value: owner } = call.func;
  if (stmt.kind === 'ExprStmt') return /^a?save$/.test(attr) && owner.kind === 'Name' ? owner.id : null;
  if (!/^(?:a?create|create_\w+|a?(?:get|update)_or_create)$/.test(attr) || stmt.kind !== 'Assign')
    return null;
  const [target] = stmt.targets;
  const first = target?.kind === 'Tuple' ? target.elts[0] : target;
  return first?.kind === 'Name' ? first.id : null;
}

/** True for a method that calls its base class's one of the same name, behind an offset. */
function extendsItself(fn: FunctionDef, from = 0): boolean {
  let extended = false;
  walkStmts(
    fn.body,
    (stmt) => {
      if (stmt.start < from) return;
      for (const expr of stmtExprs(stmt)) extended ||= asksBase(expr, fn.name);
    },
    (stmt) => !opensScope(stmt),
  );
  return extended;
}

function asksBase(root: Expr, name: string): boolean {
  let asked = false;
  walkExpr(root, (part) => {
    asked ||= part.kind === 'Attribute' && part.attr === name && isSuper(part.value);
  });
  return asked;
}

function isSuper(expr: Expr): boolean {
  return expr.kind === 'Call' && expr.func.kind === 'Name' && expr.func.id === 'super';
}

/** Why a method of a form cannot leave early; null for others. */
export function formTrap(fn: FunctionDef, { around }: Pick<Place, 'around'>): string | null {
  const cls = around[around.lastIndexOf(fn) - 1];
  if (fn.name !== 'save' || isVoid(fn) || cls?.kind !== 'ClassDef') return null;
  const form = cls.bases.some(({ value }) => /Form(?:Set)?(?:Base|Mixin)?$/.test(dottedName(value) ?? ''));
  return form ? '`save` of a form promises the row that it saved' : null;
}

/** What a cache around a function makes of an early None. */
export function keptByCache(fn: FunctionDef): readonly string[] {
  return hasDecorator(fn, /(?:^|[._])(?:lru_cache|cache|cached|memoize|memoized|cached_property|\w+_cache)$/)
    ? [`the cache of \`${fn.name}\` would keep None also when the row is created later`]
    : [];
}

function hasDecorator({ decorators }: FunctionDef, pattern: RegExp): boolean {
  return decorators.some((decorator) => {
    const named = decorator.kind === 'Call' ? decorator.func : decorator;
    return pattern.test(dottedName(named) ?? '');
  });
}

/** Handlers of the own function that see the exception and pass it on: they retry or clean up, and an early leave goes past them. */
export function handlersAround(
  { around, stmt }: Pick<Place, 'around' | 'stmt'>,
  model: string | null = null,
): readonly string[] {
  const own = around.slice(around.findLastIndex(({ kind }) => kind === 'FunctionDef') + 1);
  const seen = own.some(
    (outer, i) =>
      outer.kind === 'Try' &&
      outer.body.includes(own[i + 1] ?? stmt) &&
      outer.handlers.some((handler) => catchesMissingRows(handler, model)),
  );
  return seen ? ['an `except` around it sees the exception and would no longer'] : [];
}

/** True for a `try` that catches missing rows of the model itself. */
export function outermostCatches(stmt: Stmt, model: string | null): boolean {
  return stmt.kind === 'Try' && stmt.handlers.some((handler) => catchesMissingRows(handler, model));
}

/** The same for the innermost `try` of a chain of statements: what stands around that. */
export function outsideTry(chain: readonly Stmt[]): readonly string[] {
  const at = chain.findLastIndex(({ kind }) => kind === 'Try');
  const stmt = chain[at];
  return stmt === undefined ? [] : handlersAround({ around: chain.slice(0, at), stmt });
}

/** Why a missing row is no business of a fix: a handler of the own function names its exception, and raises it again on purpose. */
export function answeredAround({ model, exception }: Lookup, { around, stmt }: Place): string | null {
  const own = around.slice(around.findLastIndex(({ kind }) => kind === 'FunctionDef') + 1);
  const named = own.some(
    (outer, i) =>
      outer.kind === 'Try' &&
      outer.body.includes(own[i + 1] ?? stmt) &&
      outer.handlers.some((handler) => catchesOnlyMissingRows(handler) && names(handler, model, exception)),
  );
  return named ? 'a handler around it names the exception, and raises it again' : null;
}

function names({ type }: Handler, model: string | null, exception: string): boolean {
  const types = type?.kind === 'Tuple' ? type.elts : type === null ? [] : [type];
  return types.some((each) => {
    const name = dottedName(each);
    if (model === null || name === null || name === exception) return true;
    return /(?:^|\.)ObjectDoesNotExist$/.test(name) || name.split('.').at(-2) === model;
  });
}

/** Why a missing row has an answer already: a handler of the own function makes another exception of whatever happens. */
export function translatedAround({ around, stmt }: Place, model: string | null): string | null {
  const own = around.slice(around.findLastIndex(({ kind }) => kind === 'FunctionDef') + 1);
  for (const [i, outer] of own.entries()) {
    if (outer.kind !== 'Try' || !outer.body.includes(own[i + 1] ?? stmt)) continue;
    const seeing = outer.handlers.find((handler) => catchesMissingRows(handler, model));
    const raise = seeing?.body.find((inner) => inner.kind === 'Raise');
    const type = raise?.kind === 'Raise' && raise.exc?.kind === 'Call' ? dottedName(raise.exc.func) : null;
    if (type !== null && /(?:^|\.)[A-Z]\w*$/.test(type))
      return `a handler around it makes \`${type}\` of the exception`;
  }
  return null;
}
