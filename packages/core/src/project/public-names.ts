import { dottedName, type Expr, type Stmt } from '../syntax/index.ts';

/** The names that a module lists in `__all__`; null when it has none, or does not list them all as plain strings. */
export function readPublicNames(body: readonly Stmt[]): ReadonlySet<string> | null {
  const out = new Set<string>();
  let listed = false;
  for (const stmt of body) {
    const value = listOf(stmt);
    if (value === undefined) continue;
    if (value === null || (value.kind !== 'List' && value.kind !== 'Tuple')) return null;
    listed = true;
    for (const item of value.elts) {
      if (item.kind !== 'Constant' || item.type !== 'str') return null;
      out.add(item.value);
    }
  }
  return listed ? out : null;
}

/** What a statement puts into `__all__`: null when that cannot be read, undefined when it is about something else. */
function listOf(stmt: Stmt): Expr | null | undefined {
  if (stmt.kind === 'Assign' && stmt.targets.some(isAll)) return stmt.value;
  if (stmt.kind === 'AugAssign' && isAll(stmt.target)) return stmt.value;
  if (stmt.kind !== 'ExprStmt' || stmt.value.kind !== 'Call') return undefined;
  return (dottedName(stmt.value.func) ?? '').startsWith('__all__.') ? null : undefined;
}

function isAll(target: Expr): boolean {
  return target.kind === 'Name' && target.id === '__all__';
}
