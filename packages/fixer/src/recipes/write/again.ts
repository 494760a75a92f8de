import {
  type Attribute,
  dottedName,
  type Edit,
  type Expr,
  type FunctionDef,
  opensScope,
  type Stmt,
  stmtExprs,
  walkExpr,
  walkStmts,
} from '@danglint/core';
import { replacement } from '../../build/edit.ts';
import { boundNames } from '../../build/names.ts';
import type { Place } from '../place.ts';

/**
 * Later reads of the same attribute of the same object, in the statements after the one at a place: they can read the variable
 * instead. None where the object or the attribute is bound anew in between, or the row is read again from the database.
 */
export function readAgain({ block, stmt, node, functions }: Place, variable: string): readonly Edit[] {
  const fn = functions.at(-1);
  const path = node.kind === 'Attribute' ? dottedName(node) : null;
  if (fn === undefined || path === null || node.kind !== 'Attribute' || rebinds(fn, path, node.start))
    return [];
  const edits: Edit[] = [];
  walkStmts(
    block.slice(block.indexOf(stmt) + 1),
    (inner) => {
      if (inner.kind !== 'FunctionDef' && inner.kind !== 'ClassDef')
        for (const expr of stmtExprs(inner)) edits.push(...reads(expr, path, node, variable));
    },
    (inner) => !opensScope(inner),
  );
  return edits;
}

function reads(expr: Expr, path: string, { attr }: Attribute, variable: string): readonly Edit[] {
  const edits: Edit[] = [];
  let later = false;
  walkExpr(expr, (part) => {
    later ||= part.kind === 'Lambda';
    if (part.kind === 'Attribute' && part.attr === attr && dottedName(part) === path)
      edits.push(replacement(part.start, part.end, variable));
  });
  return later ? [] : edits;
}

/** True when a part of the path is assigned after an offset, or a method of it may read rows anew. */
function rebinds(fn: FunctionDef, path: string, from: number): boolean {
  const [root = ''] = path.split('.');
  let found = false;
  const looks = (expr: Expr): void =>
    walkExpr(expr, (part) => {
      if (part.kind === 'NamedExpr' && part.target.id === root) found = true;
      if (part.kind === 'Attribute' && part.attr === 'refresh_from_db') found = true;
    });
  const visit = (stmt: Stmt): void => {
    if (stmt.end <= from) return;
    found ||= boundNames(stmt).includes(root) && stmt.start > from;
    const targets = stmt.kind === 'Assign' || stmt.kind === 'Delete' ? stmt.targets : [];
    found ||= targets.some(
      (target) => target.kind === 'Attribute' && path.startsWith(dottedName(target) ?? path),
    );
    for (const expr of stmtExprs(stmt)) looks(expr);
  };
  walkStmts(fn.body, visit, (stmt) => !opensScope(stmt));
  return found;
}
