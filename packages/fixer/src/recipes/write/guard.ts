import { type Edit } from '@danglint/core';
import { insertion, replacement } from '../../build/edit.ts';
import { flatten } from '../../build/flatten.ts';
import type { Missing } from '../branch.ts';
import { readAgain } from './again.ts';
import { branchLines } from './branch-lines.ts';
import { type FirstText, fluentGap, withFirst } from './first.ts';
import { optionalReturn } from './optional-return.ts';
import { flatStatement, restated } from './restate.ts';
import { commentWidth, roomAt, type Site } from './site.ts';
import { after, opening } from './wrap.ts';
import { finished, type Written } from './written.ts';

/** `name = receiver.filter(...).first()`, and `if name is None:` with the branch after it. */
export function guarded(site: Site, missing: Missing, first: FirstText, name: string): Written {
  const { place } = site;
  const branch = branchLines(site, missing, roomAt(site, 1), false);
  const edits: Edit[] = [
    ...(place.inlineAfter === null ? [] : [opening(site, '')]),
    ...firstEdits(site, first),
    after(site, [`${place.indent}if ${name} is None:`, ...branch.lines]),
    ...readAgain(place, name, site.request).later,
    ...branch.edits,
  ];
  return finished(edits, [...(first.imports ?? []), ...branch.imports]);
}

/** The lookup rewritten in place, nothing else. */
export function firstOnly(site: Site, first: FirstText): Written {
  return finished(firstEdits(site, first), first.imports ?? []);
}

/** The lookup rewritten in place, where its function returns what it gives. */
export function firstReturned(site: Site, missing: Missing, first: FirstText): Written {
  const annotation = optionalReturn(site, missing);
  return finished(
    [...firstEdits(site, first), ...annotation.edits],
    [...(first.imports ?? []), ...annotation.imports],
  );
}

function firstEdits(site: Site, first: FirstText): readonly Edit[] {
  const { request, place } = site;
  const { text } = request.source;
  const { stmt, value } = place;
  const before = flatStatement(text, stmt, value);
  const changed = flatten(withFirst(text, value, first));
  const room = { ...roomAt(site), reserve: commentWidth(site) };
  const fresh =
    before === null || changed === null
      ? null
      : restated(site, before, { ...before, value: changed }, room, room);
  if (fresh !== null) return [replacement(stmt.start, stmt.end, fresh)];
  const { name, tail } = first;
  return [
    replacement(name.start, name.end, name.text),
    ...(tail.text === '' ? [] : [insertion(tail.at, fluentGap(text, first) + tail.text)]),
  ];
}
