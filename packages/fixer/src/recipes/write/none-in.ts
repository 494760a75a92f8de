import type { Edit, Span } from '@danglint/core';
import { insertion, replacement } from '../../build/edit.ts';
import type { Place } from '../place.ts';
import type { Tested } from '../tested.ts';
import { readAgain } from './again.ts';
import { type FirstText, fluentGap } from './first.ts';
import { assignment, hoistedName, walrusOf, withoutParens } from './hoist.ts';
import { replaceInStatement } from './replace.ts';
import type { Site } from './site.ts';
import { exceptLine, opening } from './wrap.ts';
import { finished, type Written } from './written.ts';

/**
 * A lookup that is tested for being there gives None for a missing row, and the test decides. In place where it has such a form
 * and is read once; else in a variable before the statement. Null where neither can be written.
 */
export function noneIn(site: Site, tested: Tested, first: FirstText | null): Written | null {
  const { place } = site;
  const again = walrusOf(place) === null ? readsWithin(site, tested.present) : [];
  if (first !== null && (again.length === 0 || !movable(place)))
    return finished(inPlace(site, first), first.imports ?? []);
  if (!movable(place) || (first === null && site.exception === null)) return null;
  const name = hoistedName(site);
  const inner = again.filter(({ start }) => start < headEnd(place));
  const later = again.filter(({ start }) => start >= headEnd(place));
  const lines =
    first === null
      ? [
          'try:',
          ...assignment(site, name, null, 1),
          exceptLine(site),
          `${place.indent}${place.unit}${name} = None`,
        ]
      : assignment(site, name, first, 0);
  const own = withoutParens(site.request.source.text, walrusOf(place) ?? place.value);
  const edits: Edit[] = [
    opening(site, [...lines, place.indent].join(site.style.newline)),
    ...replaceInStatement(site, [own, ...inner], name),
    ...later.map(({ start, end }) => replacement(start, end, name)),
  ];
  return finished(edits, first === null ? (site.exception?.imports ?? []) : (first.imports ?? []));
}

function movable({ position }: Place): boolean {
  return position.kind === 'inner' && position.barrier === null;
}

/** Other reads of the same relation where it is known to be there. */
function readsWithin(site: Site, present: readonly Span[]): readonly Span[] {
  const { beside, later } = readAgain(site.place, hoistedName(site), site.request);
  return [...beside, ...later].filter(({ start, end }) =>
    present.some((span) => span.start <= start && end <= span.end),
  );
}

/** Where the expressions of the statement itself end. */
function headEnd({ stmt }: Place): number {
  return stmt.kind === 'If' || stmt.kind === 'While' ? stmt.test.end : stmt.end;
}

function inPlace(site: Site, first: FirstText): readonly Edit[] {
  const { name, tail } = first;
  return [
    replacement(name.start, name.end, name.text),
    ...(tail.text === '' ? [] : [insertion(tail.at, fluentGap(site.request.source.text, first) + tail.text)]),
  ];
}
