import type { Judgement, Lookup, Origin } from '@danglint/core';
import { isPage } from './severity.ts';
import { rowOf } from './words.ts';

/** True for a key that the database named itself: the row was there when it was read, and may have gone since. */
export function wasRead({ lookup, origins }: Judgement): boolean {
  return (
    origins.some(({ kind }) => kind !== 'choice') &&
    origins.every((origin) => origin.kind === 'constrained-key' || isOwn(lookup, origin, 'or its id'))
  );
}

/**
 * True where such a row is asked for by its id, or by its own value in the one column that chooses it, in what is over soon after it
 * began: a page, what is shown in one, a receiver.
 */
export function isReadAgain(judgement: Judgement): boolean {
  const { lookup, origins, verdict } = judgement;
  const byId = lookup.keys.length > 0 && lookup.keys.every((name) => /^(pk|id)(__exact)?$/.test(name));
  const byOwn = origins.every((origin) => isOwn(lookup, origin));
  return (byId || byOwn) && verdict.kind === 'escapes' && isShort(verdict.entry) && wasRead(judgement);
}

/** A value that rows of the model hold in the only column that is asked for: read off one, not computed (`number + 1`), or checked to be one. */
function isOwn(lookup: Lookup, { kind, detail }: Origin, id?: 'or its id'): boolean {
  const [column, other] = lookup.keys;
  const isPlain = /^(Name|Attribute|Subscript)$/.test(lookup.key?.kind ?? '');
  const columns = [
    ...(id === undefined ? [] : ['pk', 'id']),
    ...(isPlain && column !== undefined && other === undefined ? [column.replace(/__exact$/, '')] : []),
  ];
  return (
    kind === 'choice' ||
    (kind === 'row' && columns.some((name) => detail === `\`${name}\` of a ${rowOf(lookup)}`))
  );
}

/**
 * True for a row that a page, or what is shown in one, asks for by its own value in the one column that chooses it: `get(number=order.number)`.
 * What a row tells of itself (`self.number`) may not be written yet, and a name may stand for what was computed.
 */
export function isAskedByOwnValue(judgement: Judgement): boolean {
  const { lookup, defects, origins, verdict } = judgement;
  const { key } = lookup;
  const isOfSelf = key?.kind === 'Attribute' && key.value.kind === 'Name' && key.value.id === 'self';
  return (
    key?.kind === 'Attribute' &&
    !isOfSelf &&
    !(verdict.kind === 'escapes' && verdict.entry.kind === 'receiver') &&
    !defects.some(({ kind }) => kind === 'unsaved') &&
    !lookup.keys.some((name) => /^(pk|id)(__exact)?$/.test(name)) &&
    origins.every((origin) => isOwn(lookup, origin)) &&
    isReadAgain(judgement)
  );
}

function isShort(entry: Parameters<typeof isPage>[0]): boolean {
  return isPage(entry) || entry.kind === 'serializer' || entry.kind === 'receiver';
}

/**
 * True for a row that is asked for by a value of its own and by what it belongs to, where nothing else chooses it: `rows.get(number=order.number,
 * customer=self.customer)`.
 */
export function isOfItself({ lookup, origins }: Judgement): boolean {
  const own = (name: string): string => `\`${name}\` of a ${rowOf(lookup)}`;
  const given = lookup.call?.args ?? [];
  return (
    given.length > 1 &&
    given.every(({ star, value }) => star === 0 && (value.kind === 'Name' || value.kind === 'Attribute')) &&
    origins.length > 0 &&
    origins.every(({ kind, detail }) => kind === 'row' && lookup.keys.some((name) => own(name) === detail))
  );
}
