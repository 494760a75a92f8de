import type { Fate } from './escape.ts';
import type { FoundLookup } from './find-lookups.ts';
import type { Confidence, Defect, Hop, Origin, OriginKind, Verdict } from './verdict.ts';

/** Keys of which nobody knows whether they can outlive their row. */
const UNTRACED: ReadonlySet<OriginKind> = new Set(['unknown', 'argument']);

/** How sure a judgement is. An exception that was not followed to all its ends proves no answer. */
export function confidence(
  found: FoundLookup,
  verdict: Verdict,
  defects: readonly Defect[],
  { cut }: Fate,
  origins: readonly Origin[],
): Confidence {
  if (cut && (verdict.kind !== 'escapes' || verdict.path.length === 0)) return 'low';
  if (found.model.name === null || defects.some((defect) => defect.kind === 'exists-check')) return 'low';
  if (verdict.kind !== 'escapes') return 'high';
  const doubtful =
    found.byName === true ||
    verdict.entry.kind === 'uncalled' ||
    verdict.entry.kind === 'script' ||
    found.form === 'reverse-one-to-one' ||
    longPath(verdict.path) ||
    origins.every(({ kind }) => UNTRACED.has(kind));
  return doubtful ? 'medium' : 'high';
}

function longPath(path: readonly Hop[]): boolean {
  return path.length > 4;
}
