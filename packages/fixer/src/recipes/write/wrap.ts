import type { Edit, Stmt, Try } from '@danglint/core';
import { insertion, replacement } from '../../build/edit.ts';
import { flatten } from '../../build/flatten.ts';
import { indentOf, lineStart, startsLine } from '../../build/lines.ts';
import { movableLines } from '../../build/shift.ts';
import type { Missing } from '../branch.ts';
import { catchesMissingRows } from '../handler.ts';
import type { Place } from '../place.ts';
import { readAgain } from './again.ts';
import type { Hoisted } from './arguments.ts';
import { branchLines } from './branch-lines.ts';
import { withParts } from './replace.ts';
import { flatStatement, restated } from './restate.ts';
import { commentWidth, roomAt, type Site, statementLineEnd } from './site.ts';
import { finished, type Written } from './written.ts';

/** The whole statement in a `try`, the branch in its `except`. `args` are moved out of it first. A `try` around nothing else gets the `except`. */
export function wrapped(site: Site, missing: Missing, args: Hoisted | null = null): Written {
  const { place, style } = site;
  const own = args === null ? ownTry(site) : null;
  if (own !== null) return oneMoreHandler(site, own, missing);
  const branch = branchLines(site, missing, roomAt(site, 1), true);
  const before = (args?.lines ?? []).map((line) => line + style.newline + place.indent).join('');
  const edits: Edit[] = [
    opening(site, `${before}try:${style.newline}${place.indent}${place.unit}`),
    ...indentedStatement(site, args?.edits ?? []),
    after(site, [exceptLine(site), ...fallingOut(branch.lines, endsWith(place, place.stmt))]),
    ...(place.position.kind === 'assign'
      ? readAgain(place, place.position.target.id, site.request).later
      : []),
    ...branch.edits,
  ];
  return finished(edits, [...(site.exception?.imports ?? []), ...branch.imports]);
}

/** True for a lookup for its own sake, as `row.refresh_from_db()`, in the statement that a function ends with. */
function endsWith({ functions, position }: Place, stmt: Stmt): boolean {
  return position.kind === 'statement' && functions.at(-1)?.body.at(-1) === stmt;
}

/** A branch without the `return` that a function's end makes needless. */
function fallingOut(lines: readonly string[], last: boolean): readonly string[] {
  return last && lines.length > 1 && lines.at(-1)?.trim() === 'return' ? lines.slice(0, -1) : lines;
}

/** The `try` that holds nothing but the statement, where no handler of it answers missing rows. */
function ownTry({ request, place }: Site): Try | null {
  const outer = place.around.at(-1);
  if (outer?.kind !== 'Try' || outer.body.length !== 1 || outer.body[0] !== place.stmt) return null;
  const [first] = outer.handlers;
  return first !== undefined &&
    place.inlineAfter === null &&
    startsLine(request.source.text, first.start) &&
    !outer.handlers.some((handler) => catchesMissingRows(handler, request.judgement.lookup.model))
    ? outer
    : null;
}

/** The branch in an `except` of its own before those that are there. */
function oneMoreHandler(site: Site, own: Try, missing: Missing): Written {
  const [first] = own.handlers;
  const { request, place, style } = site;
  const { text } = request.source;
  const at = first?.start ?? place.stmt.end;
  const indent = indentOf(text, at);
  const branch = branchLines(
    site,
    missing,
    { indent: indent + place.unit, unit: place.unit, limit: style.limit },
    true,
  );
  const header = exceptLine({ ...site, place: { ...place, indent } });
  const last = endsWith(place, own) && own.orelse.length === 0;
  const lines = [header, ...fallingOut(branch.lines, last)].map((line) => line + style.newline).join('');
  const later =
    place.position.kind === 'assign' ? readAgain(place, place.position.target.id, request).later : [];
  return finished(
    [insertion(lineStart(text, at), lines), ...later, ...branch.edits],
    [...(site.exception?.imports ?? []), ...branch.imports],
  );
}

/** The statement in a `try`; a missing row leaves None in its target. */
export function wrappedWithNone(site: Site, name: string): Written {
  const { place, style } = site;
  const edits: Edit[] = [
    opening(site, `try:${style.newline}${place.indent}${place.unit}`),
    ...indentedStatement(site),
    after(site, [exceptLine(site), `${place.indent}${place.unit}${name} = None`]),
  ];
  return finished(edits, site.exception?.imports ?? []);
}

/** The header of the handler. */
export function exceptLine({ request, place, exception }: Site): string {
  return `${place.indent}except ${exception?.text ?? request.judgement.lookup.exception}:`;
}

/** Text before the statement; one that stands behind its `if x:` gets a line of its own first. */
export function opening({ place, style }: Site, text: string): Edit {
  const { stmt, inlineAfter, indent } = place;
  if (inlineAfter === null) return insertion(stmt.start, text);
  return replacement(inlineAfter, stmt.start, style.newline + indent + text);
}

/** Lines after the statement's own. */
export function after(site: Site, lines: readonly string[]): Edit {
  const at = statementLineEnd(site);
  return insertion(at, lines.map((line) => site.style.newline + line).join(''));
}

/** The statement one level deeper, with parts of its value replaced, laid out anew where a formatter would do so. */
function indentedStatement(site: Site, parts: readonly Edit[] = []): readonly Edit[] {
  const { request, place } = site;
  const { text } = request.source;
  const { stmt, value } = place;
  const before = flatStatement(text, stmt, value);
  const changed = flatten(withParts(text, value, parts));
  const after = before === null || changed === null ? null : { ...before, value: changed };
  const reserve = commentWidth(site);
  const fresh = restated(site, before, after, { ...roomAt(site), reserve }, { ...roomAt(site, 1), reserve });
  if (fresh !== null) return [replacement(stmt.start, stmt.end, fresh)];
  return [...parts, ...shiftedLines(site)];
}

function shiftedLines({ request, place }: Site): readonly Edit[] {
  const { stmt, unit } = place;
  return movableLines(request.source.text, stmt.start, stmt.end).map((at) => insertion(at, unit));
}
