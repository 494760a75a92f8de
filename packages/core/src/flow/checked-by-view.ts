import { type ClassInfo, type FunctionInfo, parts, type Program } from '../project/index.ts';
import { reaching } from '../scope/index.ts';
import { type Call, type Expr, stmtExprs, walkExpr, walkStmts } from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';
import { ownCalls } from './own-checks.ts';
import { settingsAnswers } from './settings-answers.ts';
import { lastName } from './site-table.ts';

/** Methods of views that run before the one that serves the request. */
const BEFORE = ['setup', 'dispatch', 'initial', 'check_permissions', 'test_func'];
/** And those that run before a form is judged. */
const BEFORE_FORM = ['get_form_kwargs'];

/**
 * True for a lookup in a view by a part of the request that something else of the view has asked for before: `initial`, a
 * permission class, `get_form_kwargs`. The row was there a moment ago, or the request did not come this far.
 */
export function checkedByView(program: Program, lookup: FoundLookup, key: Expr | null): boolean {
  const { fn } = lookup.place;
  const { cls } = fn;
  if (cls === null || key === null || !fn.isMethod) return false;
  const names = namesIn(key, fn);
  if (names.size === 0) return false;
  return asksBefore(program, cls, names, lookup);
}

/** True when something that runs before the methods of a view asks for the rows of a lookup, by one of the names. */
export function asksBefore(
  program: Program,
  cls: ClassInfo,
  names: ReadonlySet<string>,
  lookup: FoundLookup,
): boolean {
  const { fn } = lookup.place;
  return hooks(program, cls, fn).some((hook) => {
    const own = hook.fn === fn ? [] : [hook.fn, ...ownCalls(program, hook.cls, hook.fn)];
    return (
      !own.includes(fn) &&
      own.some((part) => mentions(program, hook.cls, part, names)) &&
      own.some((part) => asks(program, part, lookup))
    );
  });
}

interface Hook {
  readonly cls: ClassInfo;
  readonly fn: FunctionInfo;
}

function hooks(program: Program, cls: ClassInfo, fn: FunctionInfo): Hook[] {
  const names = /^form_(in)?valid$/.test(fn.name) ? [...BEFORE, ...BEFORE_FORM] : BEFORE;
  if (names.includes(fn.name)) return [];
  const methods = names.map((name) => ({ cls, fn: program.hierarchy.member(cls, name)?.method ?? null }));
  const permissions = permissionsOf(program, cls).map((permission) => ({
    cls: permission,
    fn: program.hierarchy.member(permission, 'has_permission')?.method ?? null,
  }));
  return [...methods, ...permissions].flatMap(({ cls: of, fn: hook }) =>
    hook === null ? [] : [{ cls: of, fn: hook }],
  );
}

function permissionsOf(program: Program, cls: ClassInfo): readonly ClassInfo[] {
  const value = assignedIn(program, cls, 'permission_classes');
  if (value === null) return isApi(program, cls) ? settingsAnswers(program).apiPermissions : [];
  if (value.expr.kind !== 'Tuple' && value.expr.kind !== 'List') return [];
  return value.expr.elts.flatMap((item) =>
    parts(program.infer.expr(item, value.cls.bodyScope)).flatMap((type) =>
      type.t === 'class' ? [type.cls] : [],
    ),
  );
}

function isApi(program: Program, cls: ClassInfo): boolean {
  return program.hierarchy.externalBases(cls).some((base) => base.startsWith('rest_framework.'));
}

/** What the body of a class, or of its nearest base that has the name, assigns to it. */
function assignedIn(
  program: Program,
  cls: ClassInfo,
  name: string,
): { readonly cls: ClassInfo; readonly expr: Expr } | null {
  const member = program.hierarchy.member(cls, name);
  const source = member?.bindings.at(-1)?.source;
  return member !== null && source?.kind === 'assign' && source.value !== null
    ? { cls: member.cls, expr: source.value }
    : null;
}

/** The texts that name a key: `self.kwargs["code"]`, `request.GET.get("code")` behind a name, a parameter `code`. */
function namesIn(key: Expr, fn: FunctionInfo): ReadonlySet<string> {
  const out = new Set<string>();
  walkExpr(key, (part) => {
    if (part.kind === 'Constant' && part.type === 'str') out.add(part.value);
    if (part.kind !== 'Name') return;
    for (const { source } of reaching(fn.scope.bindings.get(part.id) ?? [], part.start)) {
      if (source.kind === 'param' && source.index > 0) out.add(part.id);
      if (source.kind === 'assign' && source.value !== null)
        walkExpr(source.value, (inner) => {
          if (inner.kind === 'Constant' && inner.type === 'str') out.add(inner.value);
        });
    }
  });
  return out;
}

/** One of the names stands in the method, or in a map of the class that it reads. */
function mentions(program: Program, cls: ClassInfo, fn: FunctionInfo, names: ReadonlySet<string>): boolean {
  let found = false;
  const look = (part: Expr): void => {
    found ||= part.kind === 'Constant' && part.type === 'str' && names.has(part.value);
  };
  eachExpr(fn, (part) => {
    look(part);
    if (part.kind !== 'Attribute' || part.value.kind !== 'Name' || part.value.id !== fn.params[0]?.name)
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
          ((type.t === 'queryset' || type.t === 'manager') && type.rows.model.key === model.key) ||
          (given && type.t === 'model' && type.model.key === model.key),
      );
  });
  return found;
}

function receiver({ func }: Call): Expr | undefined {
  return func.kind === 'Attribute' ? func.value : undefined;
}

function eachExpr(fn: FunctionInfo, visit: (part: Expr) => void): void {
  walkStmts(fn.body, (stmt) => {
    for (const expr of stmtExprs(stmt)) walkExpr(expr, visit);
  });
}
