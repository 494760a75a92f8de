import type { Edit } from '@danglint/core';
import { insertion, replacement } from '../../build/edit.ts';
import { flatten } from '../../build/flatten.ts';
import { movableLines } from '../../build/shift.ts';
import type { Missing } from '../branch.ts';
import { readAgain } from './again.ts';
import type { Hoisted } from './arguments.ts';
import { branchLines } from './branch-lines.ts';
import { withParts } from './replace.ts';
import { flatStatement, restated } from './restate.ts';
import { commentWidth, roomAt, type Site, statementLineEnd } from './site.ts';
import { finished, type Written } from './written.ts';

/** The whole statement in a `try`, the branch in its `except`. `args` are moved out of it first. */
export function wrapped(site: Site, missing: Missing, args: Hoisted | null = null): Written {
  const { place, style } = site;
  const branch = branchLines(site, missing, roomAt(site, 1), true);
  const before = (args?.lines ?? []).map((line) => line + style.newline + place.indent).join('');
  const edits: Edit[] = [
    opening(site, `${before}try:${style.newline}${place.indent}${place.unit}`),
    ...indentedStatement(site, args?.edits ?? []),
    after(site, [exceptLine(site), ...branch.lines]),
    ...(place.position.kind === 'assign'
      ? readAgain(place, place.position.target.id, site.request).later
      : []),
    ...branch.edits,
  ];
  return finished(edits, [...(site.exception?.imports ?? []), ...branch.imports]);
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
