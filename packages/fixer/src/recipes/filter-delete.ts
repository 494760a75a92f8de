import { type FixRequest, type Recipe, type RecipeResult, span } from '@danglint/core';
import { answer } from './answer.ts';
import { hazardDoubts, rowName } from './branch.ts';
import { placeOf } from './place.ts';
import { fixOf, refuse } from './result.ts';
import { firstText } from './write/first.ts';
import { siteOf } from './write/site.ts';
import { replaceInStatement } from './write/replace.ts';
import { finished } from './write/written.ts';

const NAME = { name: 'filter-delete', pattern: 'filter-delete' };

/**
 * `M.objects.get(...).delete()` becomes `M.objects.filter(...).delete()`, which deletes nothing when the row is gone. Only
 * where one row at most can match and `delete()` is Django's own; else the lookup gets a guard.
 */
export const filterDelete: Recipe = {
  ...NAME,
  build(request) {
    if (!request.judgement.defects.some(({ kind }) => kind === 'then-delete'))
      return refuse(NAME, 'nothing is deleted here');
    return inOneQuery(request) ?? answer(request, { ...NAME, wish: 'host', form: 'auto' });
  },
};

function inOneQuery(request: FixRequest): RecipeResult | null {
  const { lookup, defects } = request.judgement;
  const defect = defects.find((item) => item.kind === 'then-delete');
  const first = firstText(request.source.text, lookup.call);
  const found = placeOf(request);
  if (defect?.method !== 'delete' || defect.overridden !== false || first === null || lookup.method !== 'get')
    return null;
  if (lookup.first.kind !== 'same' || 'reason' in found || found.place.stmt.kind !== 'ExprStmt') return null;
  const edits = replaceInStatement(
    siteOf(request, found.place),
    span(first.name.start, first.name.end),
    first.name.text,
  );
  const doubts = hazardDoubts(lookup.host.hazards, 'jump');
  return fixOf(request, NAME, `Delete ${rowName(lookup.model)} if it is there`, finished(edits, []), doubts);
}
