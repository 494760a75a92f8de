import { type Edit, type Expr, type Span, type Stmt } from '@danglint/core';
import { replacement } from '../../build/edit.ts';
import { flatten } from '../../build/flatten.ts';
import { flatStatement, restated } from './restate.ts';
import { commentWidth, roomAt, type Site } from './site.ts';

/** A part of the statement's expressions replaced; the statement is laid out anew where a formatter would do so. */
export function replaceInStatement(site: Site, at: Span, by: string): readonly Edit[] {
  const { request, place } = site;
  const { text } = request.source;
  const { stmt } = place;
  const value = statementValue(stmt);
  if (value !== null && value.start <= at.start && at.end <= value.end) {
    const before = flatStatement(text, stmt, value);
    const changed = flatten(text.slice(value.start, at.start) + by + text.slice(at.end, value.end));
    const room = { ...roomAt(site), reserve: commentWidth(site) };
    const fresh =
      before === null || changed === null
        ? null
        : restated(site, before, { ...before, value: changed }, room, room);
    if (fresh !== null) return [replacement(stmt.start, stmt.end, fresh)];
  }
  return [replacement(at.start, at.end, by)];
}

function statementValue(stmt: Stmt): Expr | null {
  if (stmt.kind === 'Assign' || stmt.kind === 'Return' || stmt.kind === 'ExprStmt') return stmt.value;
  return stmt.kind === 'Raise' ? stmt.exc : null;
}
