import { type Edit, type FixRequest, type Recipe, type RecipeResult, type Span, span } from '@danglint/core';
import { replacement } from '../build/edit.ts';
import { flatten } from '../build/flatten.ts';
import { layout } from '../build/layout.ts';
import { answer } from './answer.ts';
import { hazardDoubts, rowName } from './branch.ts';
import { handlersAround } from './leaving.ts';
import { type Place, placeOf } from './place.ts';
import { fixOf, refuse } from './result.ts';
import { type FirstText, firstText, withFirst } from './write/first.ts';
import { rowVariable } from './write/row-variable.ts';
import { roomAt, siteOf } from './write/site.ts';
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
    return (
      inOneQuery(request) ?? ifThere(request) ?? answer(request, { ...NAME, wish: 'host', form: 'auto' })
    );
  },
};

function inOneQuery(request: FixRequest): RecipeResult | null {
  const { lookup, defects } = request.judgement;
  const defect = defects.find((item) => item.kind === 'then-delete');
  const first = firstText(request.source.text, lookup.call);
  const found = placeOf(request);
  if (defect?.method !== 'delete' || defect.overridden !== false || first === null || lookup.method !== 'get')
    return null;
  if (lookup.first.kind !== 'same' || 'reason' in found || answers(request)) return null;
  const edits =
    defect.next === null ? inPlace(request, found.place, first) : joined(request, found.place, defect.next);
  if (edits === null) return null;
  const doubts = [...hazardDoubts(lookup.host.hazards, 'jump'), ...handlersAround(found.place)];
  return fixOf(request, NAME, `Delete ${rowName(lookup.model)} if it is there`, finished(edits, []), doubts);
}

/** `order.payment.delete()` of a reverse one-to-one: `getattr`, and `delete()` for a row that is there. */
function ifThere(request: FixRequest): RecipeResult | null {
  const { lookup, defects } = request.judgement;
  const defect = defects.find((item) => item.kind === 'then-delete');
  const found = placeOf(request);
  if (lookup.form !== 'reverse-one-to-one' || 'reason' in found || answers(request)) return null;
  const { place } = found;
  const { node, stmt } = place;
  const owner =
    node.kind === 'Attribute' ? flatten(request.source.text, node.value.start, node.value.end) : null;
  if (defect?.method !== 'delete' || defect.next !== null || owner === null) return null;
  if (stmt.kind !== 'ExprStmt' || place.inlineAfter !== null || node.start !== stmt.start) return null;
  const call = request.source.text.slice(node.end, stmt.end);
  if (/[\r\n]/.test(call)) return null;
  const site = siteOf(request, place);
  const { quote, newline } = site.style;
  const name = rowVariable(site);
  const lines = [
    `${name} = getattr(${owner}, ${quote}${lookup.method}${quote}, None)`,
    `${place.indent}if ${name} is not None:`,
    `${place.indent}${place.unit}${name}${call}`,
  ];
  const doubts = [...hazardDoubts(lookup.host.hazards, 'jump'), ...handlersAround(place)];
  const edits = [replacement(stmt.start, stmt.end, lines.join(newline))];
  return fixOf(request, NAME, `Delete ${rowName(lookup.model)} if it is there`, finished(edits, []), doubts);
}

/** Whoever asks a view to delete a row that is not there is told so; a row beside it that goes with it is another matter. */
function answers({ judgement: { lookup, defects } }: FixRequest): boolean {
  const { entry } = lookup.host;
  const beside = defects.some((item) => item.kind === 'then-delete' && item.beside);
  return (entry === 'view' || entry === 'api') && !beside;
}

function inPlace(request: FixRequest, place: Place, { name }: FirstText): readonly Edit[] | null {
  if (place.stmt.kind !== 'ExprStmt') return null;
  return replaceInStatement(siteOf(request, place), [span(name.start, name.end)], name.text);
}

/** `row = M.objects.get(...)` and `row.delete()` in one statement; null where a comment or a blank line stands between them. */
function joined(request: FixRequest, place: Place, next: Span): readonly Edit[] | null {
  const { text } = request.source;
  const { stmt, value, position } = place;
  const between = text.slice(stmt.end, next.start);
  if (
    position.kind !== 'assign' ||
    place.inlineAfter !== null ||
    !/^[ \t]*(?:\r\n|\n|\r)[ \t]*$/.test(between)
  )
    return null;
  const first = firstText(text, request.judgement.lookup.call);
  const changed =
    first === null ? null : flatten(withFirst(text, value, { ...first, tail: { at: value.end, text: '' } }));
  if (changed === null || place.path.length > 1) return null;
  const lines = layout({ prefix: '', value: `${changed}.delete()` }, roomAt(siteOf(request, place)));
  return [replacement(stmt.start, next.end, lines.join(request.source.newline))];
}
