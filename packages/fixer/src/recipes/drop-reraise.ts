import {
  type Edit,
  enclosingStmts,
  type FixRequest,
  type Handler,
  type Raise,
  type Recipe,
  type RecipeResult,
  type Try,
} from '@danglint/core';
import { insertion, replacement } from '../build/edit.ts';
import { type Missing, rowName } from './branch.ts';
import { withCallers } from './callers.ts';
import { catchesOneMissingRow, logs, mentionsName } from './handler.ts';
import { blockOf, lineOf, loopOf } from './line.ts';
import { missingBranch } from './missing.ts';
import { type Place, placeOf } from './place.ts';
import { fixOf, refuse } from './result.ts';
import { branchLines } from './write/branch-lines.ts';
import { NO_NAME, type Site, siteOf } from './write/site.ts';
import { exceptLine } from './write/wrap.ts';
import { finished, type Written } from './write/written.ts';

const NAME = { name: 'drop-reraise', pattern: 'drop-reraise' };

/** A handler that only raises again: the `raise` becomes the branch of a missing row; what else it does stays. */
export const dropReraise: Recipe = {
  ...NAME,
  build(request) {
    const found = handlerOf(request);
    if ('reason' in found) return refuse(NAME, found.reason);
    return rewrite(request, found);
  },
};

interface Reraise {
  readonly stmt: Try;
  readonly handler: Handler;
  readonly raise: Raise;
  /** The raise as a place: its own line, loop and functions. */
  readonly place: Place;
  /** The lookup's place. */
  readonly lookup: Place;
}

function handlerOf(request: FixRequest): Reraise | { readonly reason: string } {
  const { facts, source, judgement } = request;
  const defect = judgement.defects.find((item) => item.kind === 'reraised');
  const lookup = placeOf(request);
  if ('reason' in lookup) return lookup;
  if (defect === undefined) return { reason: 'no handler raises the exception again' };
  const chain = enclosingStmts(facts.body, defect.at);
  const raise = chain.at(-1);
  const stmt = chain.at(-2);
  const handler =
    stmt?.kind === 'Try' ? stmt.handlers.find(({ start }) => start === defect.handler.start) : undefined;
  if (raise?.kind !== 'Raise' || stmt?.kind !== 'Try' || handler === undefined)
    return { reason: 'the exception is raised again under a condition' };
  const around = chain.slice(0, -1);
  const line = lineOf(source.text, facts.body, raise, stmt, blockOf(stmt, raise, facts.body));
  if ('reason' in line) return line;
  const functions = around.filter((outer) => outer.kind === 'FunctionDef');
  const place: Place = {
    ...lookup.place,
    stmt: raise,
    around,
    functions,
    loop: loopOf(around, raise),
    ...line,
  };
  return { stmt, handler, raise, place, lookup: lookup.place };
}

function rewrite(request: FixRequest, { stmt, handler, raise, place, lookup }: Reraise): RecipeResult {
  const branch = missingBranch(request, place, 'host');
  if ('reason' in branch) return refuse(NAME, branch.reason);
  const { model } = request.judgement.lookup;
  const raises = branch.missing.leave.kind === 'raise';
  const missing: Missing = { ...branch.missing, log: !raises && !logs(handler) };
  const site = siteOf(request, place);
  if (site.exception === null && !catchesOneMissingRow(handler)) return refuse(NAME, NO_NAME);
  const alone = stmt.body.length === 1 && stmt.body[0] === lookup.stmt && lookup.position.kind !== 'inner';
  const own = catchesOneMissingRow(handler)
    ? replacedRaise(site, missing, handler, raise)
    : narrowHandler(site, { ...missing, log: !raises }, handler);
  const { written, doubts } = withCallers(request, missing, own);
  const more = alone ? [] : ['other statements of the `try` may raise the same exception'];
  const title = `${missing.title} when ${rowName(model)} is missing`;
  return fixOf(request, NAME, title, written, [...doubts, ...more], missing);
}

/** The branch in the place of the `raise`. */
function replacedRaise(site: Site, missing: Missing, handler: Handler, raise: Raise): Written {
  const { place, style } = site;
  const branch = branchLines(
    site,
    missing,
    { indent: place.indent, unit: place.unit, limit: style.limit },
    true,
  );
  const text = branch.lines.join(style.newline);
  const replaced: Edit =
    place.inlineAfter === null
      ? replacement(raise.start, raise.end, text.slice(place.indent.length))
      : replacement(place.inlineAfter, raise.end, style.newline + text);
  return finished([...unusedName(site, handler, raise), replaced, ...branch.edits], branch.imports);
}

/** ` as exc` goes when only the `raise` used it. */
function unusedName({ request }: Site, handler: Handler, raise: Raise): readonly Edit[] {
  const { type, name, body } = handler;
  if (type === null || name === null || body.some((stmt) => stmt !== raise && mentionsName(stmt, name)))
    return [];
  const match = /^\)?(\s+as\s+\w+)/.exec(request.source.text.slice(type.end, body[0]?.start));
  if (match?.[1] === undefined) return [];
  const start = type.end + match[0].length - match[1].length;
  return [replacement(start, start + match[1].length, '')];
}

/** A handler of its own before one that catches more. */
function narrowHandler(site: Site, missing: Missing, handler: Handler): Written {
  const { place, style } = site;
  const outer =
    place.inlineAfter === null
      ? place.indent.slice(0, place.indent.length - place.unit.length)
      : place.indent.slice(place.unit.length);
  const branch = branchLines(
    site,
    missing,
    { indent: outer + place.unit, unit: place.unit, limit: style.limit },
    true,
  );
  const lines = [exceptLine(site).trimStart(), ...branch.lines, outer];
  return finished([insertion(handler.start, lines.join(style.newline)), ...branch.edits], branch.imports);
}
