import type { FunctionInfo } from '../project/index.ts';
import type { Fate } from './escape.ts';
import type { FoundLookup } from './find-lookups.ts';
import type {
  Confidence,
  Defect,
  EntryKind,
  EntryPoint,
  Hop,
  Origin,
  OriginKind,
  Verdict,
} from './verdict.ts';

/** Keys of which nobody knows whether they can outlive their row. */
const UNTRACED: ReadonlySet<OriginKind> = new Set(['unknown', 'argument']);

/** Where a framework has an answer of its own: GraphQL tells of every exception in `errors`, and serializers make some those of a field. */
const ANSWERED_AS_DATA: ReadonlySet<EntryKind> = new Set(['graphql', 'serializer']);

const PAGES: ReadonlySet<EntryKind> = new Set(['view', 'api', 'graphql']);

/**
 * How sure a judgement is. An exception that was not followed to all its ends proves no answer. `privileged` knows functions that
 * only people with a right can start.
 */
export function confidence(
  found: FoundLookup,
  verdict: Verdict,
  defects: readonly Defect[],
  { cut }: Fate,
  origins: readonly Origin[],
  privileged: (fn: FunctionInfo) => boolean,
): Confidence {
  if (cut && (verdict.kind !== 'escapes' || verdict.path.length === 0)) return 'low';
  if (
    found.model.name === null ||
    defects.some(({ kind }) => kind === 'exists-check' || kind === 'relied-on')
  )
    return 'low';
  if (verdict.kind !== 'escapes') return 'high';
  const { fn } = found.place;
  const doubtful =
    (isPage(fn, verdict.entry) && privileged(fn)) ||
    found.byName === true ||
    verdict.entry.kind === 'uncalled' ||
    verdict.entry.kind === 'script' ||
    ANSWERED_AS_DATA.has(verdict.entry.kind) ||
    found.form === 'reverse-one-to-one' ||
    longPath(verdict.path) ||
    origins.every(({ kind }) => UNTRACED.has(kind)) ||
    origins.every(({ kind }) => kind === 'constrained-key');
  return doubtful ? 'medium' : 'high';
}

function longPath(path: readonly Hop[]): boolean {
  return path.length > 4;
}

function isPage({ path, qualname }: FunctionInfo, entry: EntryPoint): boolean {
  return PAGES.has(entry.kind) && entry.path === path && entry.function === qualname;
}
