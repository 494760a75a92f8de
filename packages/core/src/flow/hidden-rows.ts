import { type ClassInfo, type FunctionInfo, parts, type Program, type Rows } from '../project/index.ts';
import { type Call, stmtExprs, walkExpr, walkStmts } from '../syntax/index.ts';

/** Methods of querysets that leave rows out. */
const NARROWING = /^(filter|exclude)$/;

/** Names that say so, of what packages give and of methods that are not found. */
const SOFT =
  /soft_?delet|safe_?delet|paranoi|trash|archiv|^_*(only_)?(alive|live|active|visible|published|available|enabled|undeleted|existing|not_\w+|non_\w+|without_\w+|exclude_\w+)$/i;

const MAX_DEPTH = 3;

/** True when a manager's own `get_queryset` leaves rows out: one that a foreign key points to may be missing there. */
export function hidesRows(program: Program, rows: Rows | null): boolean {
  if (rows === null || rows.related) return false;
  if (rows.cls !== null) return managerHides(program, rows.cls);
  const { cls } = rows.model;
  return (
    rows.custom && cls !== null && (hasSoftBase(program, cls) || isSoftlyMade(program, cls, rows.manager))
  );
}

/** `objects = SafeDeleteManager()` of a package. */
function isSoftlyMade(program: Program, model: ClassInfo, manager: string): boolean {
  const member = program.hierarchy.member(model, manager);
  const source = member?.bindings.at(-1)?.source;
  if (member === null || source?.kind !== 'assign' || source.value?.kind !== 'Call') return false;
  const symbol = program.symbols.of(source.value.func, member.cls.bodyScope);
  return symbol?.kind === 'external' && SOFT.test(symbol.name);
}

/** By its `get_queryset`, or by the package's class that it is made of. */
function managerHides(program: Program, cls: ClassInfo): boolean {
  const method = program.hierarchy.member(cls, 'get_queryset')?.method ?? null;
  return method === null ? hasSoftBase(program, cls) : narrows(program, method, cls, 0);
}

function hasSoftBase(program: Program, cls: ClassInfo): boolean {
  return program.hierarchy.externalBases(cls).some((base) => SOFT.test(base));
}

function narrows(program: Program, fn: FunctionInfo, cls: ClassInfo, depth: number): boolean {
  let found = false;
  walkStmts(fn.body, (stmt) => {
    for (const expr of stmtExprs(stmt))
      walkExpr(expr, (part) => {
        if (!found && part.kind === 'Call') found = leavesOut(program, part, fn, { cls, depth });
      });
  });
  return found;
}

/** `.filter(...)`, `super().get_queryset()` of a manager that hides rows, and a method of the queryset that does: `.alive()`. */
function leavesOut(
  program: Program,
  { func, args }: Call,
  fn: FunctionInfo,
  { cls, depth }: { readonly cls: ClassInfo; readonly depth: number },
): boolean {
  if (func.kind !== 'Attribute') return false;
  if (NARROWING.test(func.attr)) return args.length > 0;
  if (func.attr === 'get_queryset') {
    const above = program.hierarchy.member(cls, func.attr, fn.cls)?.method ?? null;
    return above === null
      ? hasSoftBase(program, cls)
      : depth < MAX_DEPTH && narrows(program, above, cls, depth + 1);
  }
  const methods = parts(program.infer.expr(func, fn)).flatMap((type) =>
    type.t === 'function' ? [type.fn] : [],
  );
  return methods.length === 0
    ? args.length === 0 && SOFT.test(func.attr)
    : depth < MAX_DEPTH && methods.some((method) => narrows(program, method, cls, depth + 1));
}
