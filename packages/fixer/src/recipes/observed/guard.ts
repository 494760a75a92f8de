import type { FixRequest, RecipeResult, Span } from '@danglint/core';
import { namesIn } from '../../build/names.ts';
import { type Missing, rowName } from '../branch.ts';
import { intoHandler } from '../into-handler.ts';
import { missingBranch } from '../missing.ts';
import { type Place, placeAt } from '../place.ts';
import { fixOf, type Name, refuse } from '../result.ts';
import { testDecides } from '../test-decides.ts';
import { testedAt, testedBefore } from '../tested.ts';
import type { FirstText } from '../write/first.ts';
import { firstReturned, guarded } from '../write/guard.ts';
import { hoisted } from '../write/hoist.ts';
import { siteOf } from '../write/site.ts';

/**
 * An expression that dies for a missing row is written so that it gives None, and that is checked: in place where its value
 * is assigned to a name, else in a variable of its own before the statement.
 */
export function guardedValue(
  request: FixRequest,
  name: Name,
  at: Span,
  text: FirstText,
  doubts: readonly string[],
): RecipeResult {
  const found = placeAt(request, at);
  if ('reason' in found) return refuse(name, found.reason);
  const { place } = found;
  const before = testedBefore(place);
  if (before !== null) return refuse(name, before);
  const tested = testedAt(place);
  const seen =
    tested === null || text.name.text === '' ? null : testDecides(request, name, place, tested, text);
  if (seen !== null) return seen;
  const { position } = place;
  const row = position.kind === 'assign' ? position.target.id : null;
  const own = intoHandler(request, place, row);
  const branch = own === null ? missingBranch(request, place, 'host') : { missing: own };
  if ('reason' in branch) return refuse(name, branch.reason);
  const { missing } = branch;
  const barrier = barrierOf(place);
  if (barrier !== null) return refuse(name, barrier);
  const site = siteOf(request, place);
  const written =
    position.kind === 'assign'
      ? guarded(site, missing, text, position.target.id)
      : position.kind === 'return' && !missing.log && saysNone(missing)
        ? firstReturned(site, missing, text)
        : hoisted(site, missing, text);
  const all = [...missing.doubts, ...(missing.callers === undefined ? [] : [missing.callers]), ...doubts];
  return fixOf(
    request,
    name,
    `${missing.title} when ${rowName(request.judgement.lookup.model)} is missing`,
    written,
    all,
    missing,
  );
}

function saysNone({ leave }: Missing): boolean {
  return leave.kind === 'return' && leave.text === 'return None';
}

function barrierOf({ position, node }: Place): string | null {
  if (position.kind === 'inner') return position.barrier;
  const target = position.kind === 'assign' ? position.target.id : null;
  return target !== null && namesIn(node).has(target)
    ? 'the row takes the name that it is looked up by'
    : null;
}
