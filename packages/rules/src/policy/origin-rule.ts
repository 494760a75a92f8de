import type { Draft, Judgement, OriginKind } from '@danglint/core';
import { draftOf, escapes } from './draft.ts';
import { asks } from './forms.ts';
import { code, keyOf, rowOf } from './words.ts';

/** Kinds of origins that a rule is about, with the words that complete "`x_id` comes from ...". */
export type Sources = Readonly<Partial<Record<OriginKind, string>>>;

/** The finding of a rule about some sources of keys: an escaping lookup whose key comes from one of them, on whatever path. */
export function originFinding(judgement: Judgement, sources: Sources): Draft | null {
  const { lookup, origins } = judgement;
  if (!escapes(judgement) || !asks(lookup)) return null;
  const source = origins.map(({ kind }) => sources[kind]).find((words) => words !== undefined);
  if (source === undefined) return null;
  return draftOf(judgement, {
    message: `${rowOf(lookup)} may be gone: ${keyOf(lookup)} comes from ${source} and nobody handles ${code(lookup.exception)}`,
  });
}
