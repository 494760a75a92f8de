import type { Fate } from './escape.ts';
import type { FoundLookup } from './find-lookups.ts';
import type { Confidence, Defect, Hop, Verdict } from './verdict.ts';

/** How sure a judgement is. An exception that was not followed to all its ends proves no answer. */
export function confidence(
  found: FoundLookup,
  verdict: Verdict,
  defects: readonly Defect[],
  { cut }: Fate,
): Confidence {
  if (cut && (verdict.kind !== 'escapes' || verdict.path.length === 0)) return 'low';
  if (found.model.name === null || defects.some((defect) => defect.kind === 'exists-check')) return 'low';
  if (verdict.kind !== 'escapes') return 'high';
  return verdict.entry.kind === 'uncalled' || verdict.entry.kind === 'script'
    ? 'medium'
    : longPath(verdict.path)
      ? 'medium'
      : 'high';
}

function longPath(path: readonly Hop[]): boolean {
  return path.length > 4;
}
