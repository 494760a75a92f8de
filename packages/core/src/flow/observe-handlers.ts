import { OPTIONAL_METHODS, QUERYSET_METHODS, ROW_MAP_METHODS, VALUES_METHODS } from '../django/index.ts';
import {
  type CallSite,
  type Frame,
  type FunctionInfo,
  type ModelRef,
  parts,
  type Program,
} from '../project/index.ts';
import {
  dottedName,
  type Expr,
  type Handler,
  opensScope,
  type Stmt,
  stmtExprs,
  type Try,
  walkExpr,
  walkStmts,
} from '../syntax/index.ts';
import type { CallGraph } from './call-graph.ts';
import { resolveExceptions } from './exceptions.ts';
import { lastName } from './site-table.ts';

/** Calls of the language that cannot look up a row, and calls that only log. */
const HARMLESS =
  /^(builtins\.(len|str|int|float|bool|list|dict|set|tuple|sorted|min|max|sum|any|all|print|range|enumerate|zip|isinstance|reversed|round|abs)|logging\..*|datetime\..*|time\..*|uuid\..*)$/;

/** Queries that never raise for a missing row. `create`, `save` and `delete` run signals: they may do anything. */
const QUIET: ReadonlySet<string> = new Set([
  ...QUERYSET_METHODS,
  ...VALUES_METHODS,
  ...OPTIONAL_METHODS,
  ...ROW_MAP_METHODS,
  'exists',
  'aexists',
  'count',
  'acount',
  'aggregate',
  'aaggregate',
  'update',
  'aupdate',
  'iterator',
  'aiterator',
  'contains',
]);

/** A handler of a missing row around code that raises for none. */
export interface Dead {
  readonly stmt: Try;
  readonly handler: Handler;
  readonly type: Expr;
  readonly model: ModelRef | null;
  /** The query that its author took for a lookup. */
  readonly call: CallSite;
  readonly method: string;
}

/** The handlers of a `try` that nothing in it reaches. Silent as soon as one step of the body is not known to be quiet. */
export function deadHandlers(graph: CallGraph, fn: FunctionInfo, stmt: Try): Dead[] {
  const { program } = graph;
  if (!stmt.handlers.some((handler) => namesMiss(handler.type))) return [];
  const query = quietBody(graph, fn, stmt);
  if (query === null) return [];
  return stmt.handlers.flatMap((handler): Dead[] => {
    if (handler.type === null || !namesMiss(handler.type)) return [];
    const refs = resolveExceptions(program, handler.type, fn);
    const missing = refs.filter((ref) => ref.kind === 'missing');
    if (missing.length === 0 || missing.length !== refs.length || handler.type.kind === 'Tuple') return [];
    return [{ stmt, handler, type: handler.type, model: missing[0]?.model ?? null, ...query }];
  });
}

function namesMiss(type: Expr | null): boolean {
  return type !== null && lastName(type) === 'DoesNotExist';
}

/** The last query of a body that surely raises no `DoesNotExist`; null when it may, or when there is no query. */
function quietBody(graph: CallGraph, fn: FunctionInfo, stmt: Try): { call: CallSite; method: string } | null {
  let query: { call: CallSite; method: string } | null = null;
  const sites = graph.sites.of(fn).filter((site) => within(site.place.frame, stmt));
  for (const site of sites) {
    if (site.kind === 'raise' || site.kind === 'yield') return null;
    if (site.kind === 'attribute') {
      if (!isQuietRead(graph.program, site.expr, fn)) return null;
      continue;
    }
    if (site.kind !== 'call') continue;
    const type = callee(graph.program, site.expr.func, fn);
    if (type === null) return null;
    if (type.t === 'external') {
      if (!HARMLESS.test(type.name)) return null;
    } else if (!QUIET.has(type.method) || type.own) return null;
    else query = { call: site, method: type.method };
  }
  return query !== null && !opensOther(stmt.body) ? query : null;
}

function within(start: Frame | null, stmt: Try): boolean {
  for (let frame = start; frame !== null; frame = frame.parent)
    if (frame.kind === 'try' && frame.stmt === stmt) return true;
  return false;
}

function callee(
  program: Program,
  func: Expr,
  fn: FunctionInfo,
): { t: 'external'; name: string } | { t: 'rows'; method: string; own: boolean } | null {
  const types = parts(program.infer.expr(func, fn));
  const [type] = types;
  if (types.length !== 1 || type === undefined) return null;
  if (type.t === 'external') return { t: 'external', name: type.name };
  if (type.t !== 'rows-method')
    return func.kind === 'Attribute' &&
      /^(debug|info|warning|error|exception)$/.test(func.attr) &&
      /log/i.test(dottedName(func.value) ?? '')
      ? { t: 'external', name: 'logging.log' }
      : null;
  return {
    t: 'rows',
    method: type.method,
    own: type.rows.cls !== null && program.hierarchy.member(type.rows.cls, type.method) !== null,
  };
}

/** Reads that surely run no query: plain columns, managers, names of modules and classes. */
function isQuietRead(
  program: Program,
  expr: Extract<Expr, { kind: 'Attribute' }>,
  fn: FunctionInfo,
): boolean {
  const owner = parts(program.infer.expr(expr.value, fn));
  if (owner.length === 0) return false;
  return owner.every((type) => {
    if (type.t === 'module' || type.t === 'model' || type.t === 'external' || type.t === 'class') return true;
    if (type.t !== 'row' || type.model.cls === null) return false;
    if (/^(id|pk)$/.test(expr.attr) || program.models.columnOf(type.model.cls, expr.attr) !== null)
      return true;
    const field = program.models.field(type.model.cls, expr.attr);
    return field !== null
      ? field.target === null || field.kind === 'm2m'
      : program.models.reverse(type.model, expr.attr)?.kind === 'many';
  });
}

/** Statements that run code which has no sites of its own here. */
function opensOther(body: readonly Stmt[]): boolean {
  let found = false;
  walkStmts(body, (stmt) => {
    if (opensScope(stmt) || stmt.kind === 'With' || stmt.kind === 'Import' || stmt.kind === 'ImportFrom')
      found = true;
    for (const expr of stmtExprs(stmt))
      walkExpr(expr, (part) => {
        if (part.kind === 'Await') found ||= part.value.kind !== 'Call';
      });
  });
  return found;
}

/** The classes of a handler's type that are abstract models: they have no `DoesNotExist`. */
export function abstractNames(
  program: Program,
  handler: Handler,
  fn: FunctionInfo,
): { readonly at: Expr; readonly named: string }[] {
  const types =
    handler.type === null ? [] : handler.type.kind === 'Tuple' ? handler.type.elts : [handler.type];
  return types.flatMap((type) => {
    if (type.kind !== 'Attribute' || type.attr !== 'DoesNotExist') return [];
    const named = dottedName(type.value);
    return named !== null && isClassOfFile(type.value, fn) && isAbstract(program, type.value, fn)
      ? [{ at: type, named }]
      : [];
  });
}

/** A name that a class statement or an import binds: `cls`, `self` and variables may hold a concrete class. */
function isClassOfFile(expr: Expr, fn: FunctionInfo): boolean {
  let root = expr;
  while (root.kind === 'Attribute') root = root.value;
  if (root.kind !== 'Name') return false;
  for (let scope: FunctionInfo | null = fn; scope !== null; scope = scope.parent) {
    const bindings = scope.scope.bindings.get(root.id);
    if (bindings !== undefined)
      return bindings.every(
        ({ source }) => source.kind === 'class' || source.kind === 'from' || source.kind === 'import',
      );
  }
  return false;
}

const ABSTRACT =
  /^django\.(db\.models\.(base\.)?Model|contrib\.auth\.(models|base_user)\.(AbstractUser|AbstractBaseUser|PermissionsMixin))$/;

function isAbstract(program: Program, expr: Expr, fn: FunctionInfo): boolean {
  const types = parts(program.infer.expr(expr, fn));
  return (
    types.length > 0 &&
    types.every((type) =>
      type.t === 'model'
        ? type.model.cls !== null && program.models.meta(type.model.cls).abstract
        : type.t === 'external' && ABSTRACT.test(type.name),
    )
  );
}
