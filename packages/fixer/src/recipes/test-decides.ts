import type { FixRequest, RecipeResult } from '@danglint/core';
import { hazardDoubts, rowName } from './branch.ts';
import { handlersAround } from './leaving.ts';
import type { Place } from './place.ts';
import { fixOf, type Name } from './result.ts';
import type { Tested } from './tested.ts';
import type { FirstText } from './write/first.ts';
import { noneIn } from './write/none-in.ts';
import { siteOf } from './write/site.ts';

/** The fix of a lookup in a test: a missing row is None there. Null where that cannot be written. */
export function testDecides(
  request: FixRequest,
  name: Name,
  place: Place,
  tested: Tested,
  first: FirstText | null,
): RecipeResult | null {
  const { lookup } = request.judgement;
  const written = noneIn(siteOf(request, place), tested, first);
  if (written === null) return null;
  const arguments_ =
    first === null ? lookup.host.hazards.filter(({ kind }) => kind === 'argument-raises') : [];
  return fixOf(request, name, `Make the check see that ${rowName(lookup.model)} is missing`, written, [
    ...hazardDoubts(lookup.host.hazards, 'jump'),
    ...handlersAround(place),
    ...arguments_.map(({ why }) => why),
  ]);
}
