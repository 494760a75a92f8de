import { type ClassInfo, type FunctionInfo, type ModelRef, parts, type Program } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { type Call, type Expr, stmtExprs, walkExpr, walkStmts } from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';
import { ownCalls } from './own-checks.ts';
import { lastName } from './site-table.ts';
import { assignedIn, called, decoratorHooks, type Hook, viewHooks } from './view-hooks.ts';

/**
 * True for a lookup in a view by a part of the request that something else of the view has asked for before: `initial`, a
 * permission class, `get_form_kwargs`, a decorator. The row was there a moment ago, or the request did not come this far.
 */
export function checkedByView(program: Program, lookup: FoundLookup, key: Expr | null): boolean {
  const { fn } = lookup.place;
  if (key === null || fn.def === null) return false;
  const names = namesIn(key, fn);
  if (names.size === 0) return false;
  return (
    (fn.cls !== null && fn.isMethod && asksBefore(program, fn.cls, names, lookup)) ||
    decoratorHooks(program, fn).some((hook) => asksIn(program, hook, names, lookup))
  );
}

/** True when something that runs before the methods of a view asks for the rows of a lookup, by one of the names. */
export function asksBefore(
  program: Program,
  cls: ClassInfo,
  names: ReadonlySet<string>,
  lookup: FoundLookup,
): boolean {
  return viewHooks(program, cls, lookup.place.fn).some((hook) => asksIn(program, hook, names, lookup));
}

function asksIn(
  program: Program,
  { cls, fn, texts, models = [] }: Hook,
  names: ReadonlySet<string>,
  lookup: FoundLookup,
): boolean {
  const own =
    fn === lookup.place.fn
      ? []
      : [fn, ...(cls === null ? [] : ownCalls(program, cls, fn)), ...reached(program, fn)];
  if (own.includes(lookup.place.fn)) return false;
  if (models.some((model) => isKind(program, model, lookup.model)) && asksByAll(fn)) return true;
  return (
    (texts.some((text) => names.has(text)) || own.some((part) => mentions(program, cls, part, names))) &&
    own.some((part) => asks(program, part, lookup))
  );
}

/** A wrapper that asks by whatever the address names: `get_object_or_404(model, **kwargs)`. */
function asksByAll(fn: FunctionInfo): boolean {
  if (!fn.params.some(({ star }) => star === 2)) return false;
  let found = false;
  eachExpr(fn, (part) => {
    found ||=
      part.kind === 'Call' &&
      /^a?get_object_or_404$/.test(lastName(part.func) ?? '') &&
      part.args.some(({ star }) => star === 2);
  });
  return found;
}

/** The functions that a hook calls, and those that they do. */
function reached(program: Program, fn: FunctionInfo): readonly FunctionInfo[] {
  const direct = called(program, fn);
  return [...direct, ...direct.flatMap((callee) => called(program, callee))];
}

/** The texts that name a key: `self.kwargs["code"]`, `request.GET.get("code")` behind a name, a parameter `code`. */
function namesIn(key: Expr, fn: FunctionInfo): ReadonlySet<string> {
  const out = new Set<string>();
  walkExpr(key, (part) => {
    if (part.kind === 'Constant' && part.type === 'str') out.add(part.value);
    if (part.kind !== 'Name') return;
    for (const { source } of reaching(fn.scope.bindings.get(part.id) ?? [], part.start)) {
      if (source.kind === 'param' && part.id !== 'request' && (source.index > 0 || !fn.isMethod))
        out.add(part.id);
      if (source.kind === 'assign' && source.value !== null)
        walkExpr(source.value, (inner) => {
          if (inner.kind === 'Constant' && inner.type === 'str') out.add(inner.value);
        });
    }
  });
  return out;
}

/** One of the names stands in the method, or in a map of the class that it reads. */
function mentions(
  program: Program,
  cls: ClassInfo | null,
  fn: FunctionInfo,
  names: ReadonlySet<string>,
): boolean {
  let found = false;
  const look = (part: Expr): void => {
    found ||= part.kind === 'Constant' && part.type === 'str' && names.has(part.value);
  };
  eachExpr(fn, (part) => {
    look(part);
    if (
      cls === null ||
      part.kind !== 'Attribute' ||
      part.value.kind !== 'Name' ||
      part.value.id !== fn.params[0]?.name
    )
      return;
    const value = assignedIn(program, cls, part.attr)?.expr;
    if (value?.kind === 'Dict') for (const { key } of value.entries) if (key !== null) look(key);
  });
  return found;
}

/** The method asks for rows of the model, or takes an object of a model that the text does not name. */
function asks(program: Program, fn: FunctionInfo, { model }: FoundLookup): boolean {
  let found = false;
  eachExpr(fn, (part) => {
    if (part.kind !== 'Call' || found) return;
    const given = /^a?get_object_or_404$/.test(lastName(part.func) ?? '');
    const rows = given ? part.args[0]?.value : receiver(part);
    if (rows === undefined) return;
    const types = parts(program.infer.expr(rows, fn));
    found =
      (given && !types.some(({ t }) => t === 'queryset' || t === 'manager' || t === 'model')) ||
      types.some(
        (type) =>
          ((type.t === 'queryset' || type.t === 'manager') && isKind(program, type.rows.model, model)) ||
          (given && type.t === 'model' && isKind(program, type.model, model)),
      );
  });
  return found;
}

/** The model itself, or one made of it: whoever finds a row of that one finds the other's, too. */
function isKind({ hierarchy }: Program, found: ModelRef, wanted: ModelRef): boolean {
  if (found.key === wanted.key) return true;
  return found.cls !== null && wanted.cls !== null && hierarchy.mro(found.cls).includes(wanted.cls);
}

function receiver({ func }: Call): Expr | undefined {
  return func.kind === 'Attribute' ? func.value : undefined;
}

function eachExpr(fn: FunctionInfo, visit: (part: Expr) => void): void {
  walkStmts(fn.body, (stmt) => {
    for (const expr of stmtExprs(stmt)) walkExpr(expr, visit);
  });
}
