import {
  dottedName,
  type Expr,
  type For,
  opensScope,
  type Stmt,
  stmtExprs,
  walkExpr,
  walkStmts,
} from '../syntax/index.ts';

/** Something that is put into a map: `rows[key] = value`. Without a value where a method of the map does it. */
export interface Put {
  readonly key: Expr | null;
  readonly value: Expr | null;
  /** The innermost `for` around it. */
  readonly loop: For | null;
}

/** What the function itself puts into a map: `rows[key] = ...`, `rows.setdefault(...)`, `rows.update(...)`. */
export function puts(body: readonly Stmt[], map: string, loop: For | null = null): Put[] {
  const out: Put[] = [];
  walkStmts(
    body,
    (stmt) => {
      out.push(...putsOf(stmt, map, loop));
      if (stmt.kind === 'For') out.push(...puts(stmt.body, map, stmt), ...puts(stmt.orelse, map, loop));
    },
    (stmt) => stmt.kind !== 'For',
  );
  return out;
}

function putsOf(stmt: Stmt, map: string, loop: For | null): Put[] {
  const out: Put[] = [];
  for (const target of stmt.kind === 'Assign' ? stmt.targets : [])
    if (target.kind === 'Subscript' && dottedName(target.value) === map && stmt.kind === 'Assign')
      out.push({ key: target.index, value: stmt.value, loop });
  if (opensScope(stmt)) return out;
  for (const expr of stmtExprs(stmt))
    walkExpr(expr, (part) => {
      if (
        part.kind === 'Attribute' &&
        /^(setdefault|update|__setitem__)$/.test(part.attr) &&
        dottedName(part.value) === map
      )
        out.push({ key: null, value: null, loop });
    });
  return out;
}
