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
  const edits = at
    .toSorted((a, b) => a.start - b.start)
    .map((span) => spread(text, span))
    .map(({ start, end }) => replacement(start, end, by));
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

/** With the white space around it where it stands alone in brackets over several lines: a name does not need them. */
function spread(text: string, { start, end }: Span): { readonly start: number; readonly end: number } {
  const before = /(?:[\w\])]\(|\[)(\s*)$/.exec(text.slice(Math.max(0, start - 200), start))?.[1];
  const after = /^(\s*)[)\]]/.exec(text.slice(end, end + 200))?.[1];
  if (before === undefined || after === undefined || !/[\r\n]/.test(before + after)) return { start, end };
  return { start: start - before.length, end: end + after.length };
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
