import { type Edit, type Expr, type Span, type Stmt } from '@danglint/core';
import { replacement } from '../../build/edit.ts';
import { flatten } from '../../build/flatten.ts';
import { flatStatement, restated } from './restate.ts';
import { commentWidth, roomAt, type Site } from './site.ts';

/** Parts of the statement's expressions replaced; the statement is laid out anew where a formatter would do so. */
export function replaceInStatement(site: Site, at: readonly Span[], by: string): readonly Edit[] {
  const { request, place } = site;
  const { text } = request.source;
  const { stmt } = place;
  const value = statementValue(stmt);
  const edits = at.toSorted((a, b) => a.start - b.start).map(({ start, end }) => replacement(start, end, by));
  if (value !== null && edits.every(({ start, end }) => value.start <= start && end <= value.end)) {
    const before = flatStatement(text, stmt, value);
    const changed = flatten(withParts(text, value, edits));
    const room = { ...roomAt(site), reserve: commentWidth(site) };
    const fresh =
      before === null || changed === null
        ? null
        : restated(site, before, { ...before, value: changed }, room, room);
    if (fresh !== null) return [replacement(stmt.start, stmt.end, fresh)];
  }
  return edits;
}

/** A stretch of source with parts of it replaced, in order. */
export function withParts(text: string, { start, end }: Span, parts: readonly Edit[]): string {
  let out = '';
  let at: number = start;
  for (const part of parts) {
    out += text.slice(at, part.start) + part.text;
    at = part.end;
  }
  return out + text.slice(at, end);
}

function statementValue(stmt: Stmt): Expr | null {
  if (stmt.kind === 'Assign' || stmt.kind === 'Return' || stmt.kind === 'ExprStmt') return stmt.value;
  return stmt.kind === 'Raise' ? stmt.exc : null;
}
