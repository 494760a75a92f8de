import type { ExceptionRef } from './exceptions.ts';
import type { FoundLookup } from './find-lookups.ts';

/** What a lookup raises when its row is missing. */
export function thrownBy({ form, model }: FoundLookup): ExceptionRef {
  return { kind: 'missing', model, attribute: form === 'reverse-one-to-one' };
}

/** `aget(...)` and the like run where they are awaited. */
export function isCoroutine({ method }: FoundLookup): boolean {
  return /^a(get|latest|earliest)$/.test(method);
}
