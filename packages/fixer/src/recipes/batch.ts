import type { BatchForm, FixRequest, For, Recipe, RecipeResult } from '@danglint/core';
import { flatten } from '../build/flatten.ts';
import { namesIn } from '../build/names.ts';
import { rowName } from './branch.ts';
import { missingBranch } from './missing.ts';
import { type Place, placeOf } from './place.ts';
import { fixOf, refuse } from './result.ts';
import { batchNames } from './write/batch-names.ts';
import { loadRows, type Reading } from './write/load-rows.ts';
import { guarded } from './write/guard.ts';
import { hoisted } from './write/hoist.ts';
import { siteOf } from './write/site.ts';
import { finished } from './write/written.ts';

const NAME = { name: 'batch', pattern: 'C' };

/** Pattern C: the rows of a loop in one query before it, and `rows.get(id)` with a guard for each item. */
export const batch: Recipe = {
  ...NAME,
  build(request) {
    const form = request.judgement.lookup.batch;
    if (form === null) return refuse(NAME, 'the lookup does not stand in the body of a `for` loop');
    if (form.kind === 'never') return refuse(NAME, form.why);
    const found = placeOf(request);
    if ('reason' in found) return refuse(NAME, found.reason);
    const { place } = found;
    if (place.loop?.kind !== 'For')
      return refuse(NAME, 'the lookup does not stand in the body of a `for` loop');
    return inOneQuery(request, place, place.loop, form);
  },
};

function inOneQuery(
  request: FixRequest,
  place: Place,
  loop: For,
  form: Extract<BatchForm, { kind: 'map' }>,
): RecipeResult {
  const barrier = barrierOf(place);
  if (barrier !== null) return refuse(NAME, barrier);
  const branch = missingBranch(request, place, 'host');
  if ('reason' in branch) return refuse(NAME, branch.reason);
  const { missing } = branch;
  if (missing.leave.kind !== 'continue') return refuse(NAME, 'a missing row does not lead to the next item');
  const site = siteOf(request, place);
  const reading = readingOf(request, loop, form);
  if (reading === null) return refuse(NAME, 'the loop or the id is written over several lines');
  const names = batchNames(site, loop, form);
  const load = loadRows(site, { ...reading, names, loop, form });
  if ('reason' in load) return refuse(NAME, load.reason);
  const { value } = place;
  const row = {
    name: { start: value.start, end: value.end, text: load.row },
    tail: { at: value.end, text: '' },
  };
  const { position } = place;
  const text =
    position.kind === 'assign'
      ? guarded(site, missing, row, position.target.id)
      : hoisted(site, missing, row);
  const written = finished([...load.edits, ...text.edits], [...load.imports, ...text.imports]);
  const title = `Load all rows in one query, and skip the item when ${rowName(request.judgement.lookup.model)} is missing`;
  return fixOf(request, NAME, title, written, [...missing.doubts, ...form.doubts]);
}

function barrierOf({ position, node, value, loop, functions }: Place): string | null {
  if (value === node && node.kind === 'Call' && node.func.kind === 'Attribute' && node.func.attr === 'aget')
    return 'the lookup runs later, where its coroutine is awaited';
  if (position.kind === 'inner') return position.barrier;
  const target = position.kind === 'assign' ? position.target.id : null;
  if (target !== null && namesIn(node).has(target)) return 'the row takes the name that it is looked up by';
  return loop === null || functions.length === 0 ? 'module level code is left alone' : null;
}

/** The parts of the loop as text on one line each; null when one cannot be written so. */
function readingOf(
  { source: { text }, judgement: { lookup } }: FixRequest,
  loop: For,
  { key }: Extract<BatchForm, { kind: 'map' }>,
): Reading | null {
  const value = lookup.call?.args[0]?.value;
  if (value === undefined || lookup.call?.func.kind !== 'Attribute') return null;
  const flat = [loop.target, loop.iter, key, value, lookup.call.func.value].map(({ start, end }) =>
    flatten(text, start, end),
  );
  const [target, iter, keyText, asked, receiver] = flat;
  if (target == null || iter == null || keyText == null || asked == null || receiver == null) return null;
  return { target, iter, key: keyText, asked, receiver };
}
