import type { Judgement } from '@danglint/core';
import { isPage } from './severity.ts';
import { rowOf } from './words.ts';

/** True for a key that the database named itself: the row was there when it was read, and may have gone since. */
export function wasRead({ lookup, origins }: Judgement): boolean {
  const own = [`\`pk\` of a ${rowOf(lookup)}`, `\`id\` of a ${rowOf(lookup)}`];
  return (
    origins.length > 0 &&
    origins.every(
      ({ kind, detail }) => kind === 'constrained-key' || (kind === 'row' && own.includes(detail)),
    )
  );
}

/** True where such a row is asked for by its id in what is over soon after it began: a page, what is shown in one, a receiver. */
export function isReadAgain(judgement: Judgement): boolean {
  const { lookup, verdict } = judgement;
  const byId = lookup.keys.length > 0 && lookup.keys.every((name) => /^(pk|id)(__exact)?$/.test(name));
  return byId && verdict.kind === 'escapes' && isShort(verdict.entry) && wasRead(judgement);
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
