import type { Argument, Expr, FixRequest, OptionalRow, Recipe, RecipeResult, Stmt } from '@danglint/core';
import { rowName } from '../branch.ts';
import { outermostCatches } from '../leaving.ts';
import { blockOf, lineOf, loopOf } from '../line.ts';
import { hoistBarrier } from '../order.ts';
import { missingBranch } from '../missing.ts';
import { type Place, placeAt } from '../place.ts';
import { fixOf, refuse } from '../result.ts';
import { branchLines } from '../write/branch-lines.ts';
import { roomAt, siteOf } from '../write/site.ts';
import { opening } from '../write/wrap.ts';
import { finished } from '../write/written.ts';
import { asLookup, filterArguments } from './as-lookup.ts';
import { guardedValue } from './guard.ts';

const NAME = { name: 'none-guard', pattern: 'B' };

/** A value that may be None because its row is gone is checked before it is used. */
export const noneGuard: Recipe = {
  ...NAME,
  build: () => refuse(NAME, 'nothing here may be None'),
  observe(request) {
    const { observation } = request;
    if (observation.kind !== 'optional-row') return refuse(NAME, 'nothing here may be None');
    const inner = asLookup(request, {
      at: observation.span,
      model: observation.model,
      keys: keysOf(observation),
    });
    if (observation.name === null) {
      const { fetched } = observation;
      const text = {
        name: { start: fetched.end, end: fetched.end, text: '' },
        tail: { at: fetched.end, text: '' },
      };
      return guardedValue(inner, NAME, fetched, text, []);
    }
    return beforeUse(inner, observation, observation.name);
  },
};

/** What the row was asked for by: the filter before `first()`, else the one key that is known. */
function keysOf({ call, key }: OptionalRow): readonly Argument[] {
  const filtered = filterArguments(call);
  if (filtered.length > 0 || key === null || !namesId(key)) return filtered;
  return [{ name: 'pk', star: 0, value: key }];
}

/** What a function was called with is an id where it is called one; else it may be a row, or anything. */
function namesId(key: Expr): boolean {
  const name = key.kind === 'Name' ? key.id : key.kind === 'Attribute' ? key.attr : null;
  return name === null ? key.kind === 'Subscript' : /(?:^|_|[a-z])(?:id|pk|uuid|slug)$/.test(name);
}

/** A `try` that begins with the statement gets the guard before it: what it catches is no business of the guard. */
function outOfTry(request: FixRequest, place: Place): Place {
  const parent = place.around.at(-1);
  if (parent?.kind !== 'Try' || parent.body[0] !== place.stmt || outermostCatches(parent)) return place;
  const around = place.around.slice(0, -1);
  const block = blockOf(around.at(-1), parent, request.facts.body);
  const line = lineOf(request.source.text, request.facts.body, parent, around.at(-1), block);
  if ('reason' in line) return place;
  return outOfTry(request, { ...place, stmt: parent, around, block, loop: loopOf(around, parent), ...line });
}

/** `if name is None:` right before the statement that uses it. */
function beforeUse(request: FixRequest, { fetched, span }: OptionalRow, name: string): RecipeResult {
  const found = placeAt(request, span);
  if ('reason' in found) return refuse(NAME, found.reason);
  const barrier = hoistBarrier(found.place.stmt, found.place.path, false);
  if (barrier !== null) return refuse(NAME, barrier);
  const outer = outOfTry(request, found.place);
  const within = (stmt: Stmt): boolean => stmt.start <= fetched.start && fetched.end <= stmt.end;
  const place = within(outer.stmt) ? found.place : outer;
  if (within(place.stmt)) {
    return refuse(NAME, 'the row is fetched and used in one statement');
  }
  const branch = missingBranch(request, place, 'host');
  if ('reason' in branch) return refuse(NAME, branch.reason);
  const { missing } = branch;
  const site = siteOf(request, place);
  const lines = branchLines(site, missing, roomAt(site, 1), false);
  const text = [`if ${name} is None:`, ...lines.lines, place.indent].join(site.style.newline);
  const written = finished([opening(site, text), ...lines.edits], lines.imports);
  const doubts = [...missing.doubts, ...(missing.callers === undefined ? [] : [missing.callers])];
  const title = `${missing.title} when ${rowName(request.judgement.lookup.model)} is missing`;
  return fixOf(request, NAME, title, written, doubts, missing);
}
