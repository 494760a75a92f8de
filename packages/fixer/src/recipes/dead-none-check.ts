import { enclosingStmts, type FixRequest, type Recipe, type Stmt } from '@danglint/core';
import { hazardDoubts, rowName } from './branch.ts';
import { mentionsName } from './handler.ts';
import { handlersAround } from './leaving.ts';
import { type Place, placeOf } from './place.ts';
import { fixOf, refuse } from './result.ts';
import { firstText } from './write/first.ts';
import { firstOnly } from './write/guard.ts';
import { NO_NAME, siteOf } from './write/site.ts';
import { wrappedWithNone } from './write/wrap.ts';

const NAME = { name: 'dead-none-check', pattern: 'B' };

/** A None check after `get`, which never gives None: the lookup is changed so that the check works. */
export const deadNoneCheck: Recipe = {
  ...NAME,
  build(request) {
    const { lookup, defects } = request.judgement;
    const defect = defects.find((item) => item.kind === 'dead-none-check');
    const found = placeOf(request);
    if ('reason' in found) return refuse(NAME, found.reason);
    const { place } = found;
    if (defect === undefined || place.position.kind !== 'assign')
      return refuse(NAME, 'no None check was found');
    const check = enclosingStmts(request.facts.body, defect.at).at(-1);
    if (check?.kind !== 'If')
      return refuse(NAME, 'the check is an assertion, which would fail instead of the lookup');
    const doubts = [
      ...useDoubts(place, check, defect.name),
      ...hazardDoubts(lookup.host.hazards, 'jump'),
      ...handlersAround(place),
    ];
    const first =
      lookup.form === 'get' && lookup.first.kind === 'same' && request.settings.style !== 'try'
        ? firstText(request.source.text, lookup.call)
        : null;
    const site = siteOf(request, place);
    if (first === null && site.exception === null) return refuse(NAME, NO_NAME);
    const written = first === null ? wrappedWithNone(site, defect.name) : firstOnly(site, first);
    return fixOf(request, NAME, `Make the check see that ${rowName(lookup.model)} is missing`, written, [
      ...doubts,
      ...argumentDoubts(request, first === null),
    ]);
  },
};

function argumentDoubts({ judgement }: FixRequest, inTry: boolean): readonly string[] {
  return inTry
    ? judgement.lookup.host.hazards.filter(({ kind }) => kind === 'argument-raises').map(({ why }) => why)
    : [];
}

/** Uses of the row that the check does not keep from None. */
function useDoubts(
  { block, stmt }: Place,
  check: Extract<Stmt, { kind: 'If' }>,
  name: string,
): readonly string[] {
  const from = block.indexOf(stmt);
  const to = block.indexOf(check);
  const doubt = [`\`${name}\` is also used where the check does not protect it`];
  if (to < 0) return doubt;
  if (block.slice(from + 1, to).some((other) => mentionsName(other, name))) return doubt;
  const negative =
    check.test.kind === 'UnaryOp' ||
    check.test.kind === 'BoolOp' ||
    (check.test.kind === 'Compare' && /^(?:is|==)$/.test(check.test.ops[0] ?? ''));
  if (negative) {
    if (check.body.some((other) => mentionsName(other, name) && !assigns(other, name))) return doubt;
    if (leaves(check.body) || check.body.some((other) => assigns(other, name))) return [];
  } else if (check.orelse.some((other) => mentionsName(other, name))) return doubt;
  return block.slice(to + 1).some((other) => mentionsName(other, name)) ? doubt : [];
}

function leaves(body: readonly Stmt[]): boolean {
  const last = body.at(-1)?.kind;
  return last === 'Return' || last === 'Raise' || last === 'Continue' || last === 'Break';
}

function assigns(stmt: Stmt, name: string): boolean {
  return (
    stmt.kind === 'Assign' && stmt.targets.some((target) => target.kind === 'Name' && target.id === name)
  );
}
