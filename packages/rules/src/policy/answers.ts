import type { EntryKind, Judgement } from '@danglint/core';

const ANSWERERS: ReadonlySet<EntryKind> = new Set(['view', 'api', 'graphql']);

/** True when the path starts where somebody waits for an answer over HTTP. */
export function isAnswer({ verdict }: Judgement): boolean {
  return verdict.kind === 'escapes' && ANSWERERS.has(verdict.entry.kind);
}
