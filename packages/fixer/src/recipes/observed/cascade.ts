import type { ImportRequest, Recipe, StaleReference, UncleanDelete } from '@danglint/core';
import { spell } from '../../build/bindings.ts';
import { insertion } from '../../build/edit.ts';
import { flatten } from '../../build/flatten.ts';
import { layout } from '../../build/layout.ts';
import { lineEnd } from '../../build/lines.ts';
import { type Place, placeAt } from '../place.ts';
import { fixOf, refuse } from '../result.ts';
import { roomAt, siteOf } from '../write/site.ts';
import { finished } from '../write/written.ts';
import { asLookup } from './as-lookup.ts';

const NAME = { name: 'cascade', pattern: 'D' };

/**
 * Pattern D: what names deleted rows is emptied, or deleted where it cannot be. Only shown: whether such rows may go is
 * nothing that code tells. After `row.delete()` its id is None, so the clean-up comes before.
 */
export const cascade: Recipe = {
  ...NAME,
  build: () => refuse(NAME, 'nothing is deleted here'),
  observe(request) {
    const { observation, source, facts } = request;
    if (observation.kind !== 'unclean-delete') return refuse(NAME, 'nothing is deleted here');
    const found = placeAt(request, observation.call, true);
    if ('reason' in found) return refuse(NAME, found.reason);
    const { place } = found;
    if (place.inlineAfter !== null) return refuse(NAME, 'the statement shares its line');
    const which = idsOf(source.text, observation);
    if (which === null) return refuse(NAME, 'what is deleted is written over several lines');
    const site = siteOf(
      asLookup(request, { at: observation.call, model: observation.model, keys: [] }),
      place,
    );
    const imports: ImportRequest[] = [];
    const lines: string[] = [];
    for (const reference of observation.references) {
      const model = spell(facts, place.functions, { module: reference.module, name: reference.model });
      if (model === null) return refuse(NAME, `the name \`${reference.model}\` means something else here`);
      imports.push(...model.imports);
      const value = cleanUp(model.text, reference, which, place);
      lines.push(
        ...layout({ prefix: '', value }, roomAt(site)).map((line, i) => (i === 0 ? place.indent : '') + line),
      );
    }
    const { newline } = site.style;
    const edit = which.after
      ? insertion(lineEnd(source.text, place.stmt.end), lines.map((line) => newline + line).join(''))
      : insertion(place.stmt.start - place.indent.length, lines.map((line) => line + newline).join(''));
    const title = `Clean up what names the deleted \`${observation.model}\` rows`;
    const why = 'whether rows that name a deleted one are emptied or deleted is for you to decide';
    const result = fixOf(site.request, NAME, title, finished([edit], imports), [why]);
    return 'fix' in result ? { fix: { ...result.fix, applicability: 'display', why } } : result;
  },
};

interface Which {
  readonly operator: '' | '__in';
  readonly ids: string;
  /** True when the ids are known without the rows. */
  readonly after: boolean;
}

function idsOf(text: string, { deleted, receiver, id }: UncleanDelete): Which | null {
  const flat = (at: { readonly start: number; readonly end: number }): string | null =>
    flatten(text, at.start, at.end);
  const rows = flat(receiver);
  if (id !== null) {
    const ids = flat(id);
    return ids === null ? null : { operator: '', ids, after: true };
  }
  if (rows === null) return null;
  return deleted === 'row'
    ? { operator: '', ids: `${rows}.pk`, after: false }
    : { operator: '__in', ids: `${rows}.values("pk")`, after: false };
}

function cleanUp(
  model: string,
  { column, nullable }: StaleReference,
  { operator, ids }: Which,
  place: Place,
): string {
  const wait = place.value.kind === 'Await';
  const name = wait ? (nullable ? 'aupdate' : 'adelete') : nullable ? 'update' : 'delete';
  const change = nullable ? `${column}=None` : '';
  return `${wait ? 'await ' : ''}${model}.objects.filter(${column}${operator}=${ids}).${name}(${change})`;
}
