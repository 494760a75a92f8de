import type { Draft, Judgement, OriginKind } from '@danglint/core';
import { comesFrom, draftOf, escapes } from './draft.ts';
import { asks } from './forms.ts';
import { code, keyOf, rowOf } from './words.ts';

/**
 * The finding of a rule about one source of keys: an escaping lookup whose key comes from there.
 * `source` completes "`x_id` comes from ...".
 */
export function originFinding(
  judgement: Judgement,
  kinds: readonly OriginKind[],
  source: string,
): Draft | null {
  const { lookup } = judgement;
  if (!escapes(judgement) || !asks(lookup) || !comesFrom(judgement, kinds)) return null;
  return draftOf(judgement, {
    message: `${rowOf(lookup)} may be gone: ${keyOf(lookup)} comes from ${source} and nobody handles ${code(lookup.exception)}`,
  });
}
