import type { ObservationRequest, OptionalRow, Recipe, RecipeResult, Stmt } from '@danglint/core';
import { insertion, replacement } from '../../build/edit.ts';
import { indentOf, lineEnd, startsLine } from '../../build/lines.ts';
import { type Missing, rowName } from '../branch.ts';
import { missingBranch } from '../missing.ts';
import { placeAt } from '../place.ts';
import { fixOf, refuse } from '../result.ts';
import { branchLines } from '../write/branch-lines.ts';
import { type Site, siteOf } from '../write/site.ts';
import { finished, type Written } from '../write/written.ts';
import { asLookup } from './as-lookup.ts';
import { leaves } from '../handler-takes-over.ts';
import { broadDoubts, type Left, leftBy, toldOnce } from './left-at-none.ts';
import { keysOf } from './none-guard.ts';

const NAME = { name: 'leave-handler', pattern: 'A' };

/** A handler of a missing row that goes on to where its row is read, under a name that is not bound then, leaves instead. */
export const leaveHandler: Recipe = {
  ...NAME,
  build: () => refuse(NAME, 'there is no handler here'),
  observe(request) {
    const { observation } = request;
    const left =
      observation.kind === 'optional-row' && observation.by === 'unbound'
        ? leftBy(request, observation)
        : null;
    return left === null || observation.kind !== 'optional-row'
      ? refuse(NAME, 'there is no handler here')
      : leaving(request, observation, left);
  },
};

function leaving(asked: ObservationRequest, row: OptionalRow, left: Left): RecipeResult {
  const request = asLookup(asked, { at: row.span, model: row.model, keys: keysOf(row) });
  const found = placeAt(request, row.span);
  if ('reason' in found) return refuse(NAME, found.reason);
  const { place } = found;
  const last = left.handler.body.at(-1);
  const next = place.block[place.block.indexOf(left.stmt) + 1];
  if (last === undefined || !place.block.includes(left.stmt) || next !== place.stmt)
    return refuse(NAME, 'other statements run before the name is read');
  if (!startsLine(request.source.text, last.start) || leaves(left.handler.body))
    return refuse(NAME, 'the handler stands in one line with something else');
  const branch = missingBranch(request, place, 'host');
  if ('reason' in branch) return refuse(NAME, branch.reason);
  const missing = toldOnce(branch.missing, left, place);
  const doubts = [
    ...missing.doubts,
    ...(missing.callers === undefined ? [] : [missing.callers]),
    ...broadDoubts(left),
  ];
  const title = `${missing.title} when ${rowName(request.judgement.lookup.model)} is missing`;
  return fixOf(request, NAME, title, ended(siteOf(request, place), missing, last), doubts, missing);
}

/** The branch behind the last statement of the handler; in its place where that is a `pass`. */
function ended(site: Site, missing: Missing, last: Stmt): Written {
  const { request, place, style } = site;
  const { text } = request.source;
  const indent = indentOf(text, last.start);
  const branch = branchLines(site, missing, { indent, unit: place.unit, limit: style.limit }, true);
  const lines = branch.lines.join(style.newline);
  const edit =
    last.kind === 'Pass'
      ? replacement(last.start, last.end, lines.slice(indent.length))
      : insertion(lineEnd(text, last.end), style.newline + lines);
  return finished([edit, ...branch.edits], branch.imports);
}
