import type { FunctionInfo } from '../project/index.ts';
import type { BornWith } from './born-with.ts';
import type { Fate } from './escape.ts';
import type { FoundLookup } from './find-lookups.ts';
import type { EntryKind, Guard, Verdict } from './verdict.ts';

const RANKS: readonly EntryKind[] = [
  'task',
  'consumer',
  'receiver',
  'rpc',
  'api',
  'view',
  'graphql',
  'middleware',
  'hook',
  'thread',
  'serializer',
  'template-tag',
  'admin',
  'uncalled',
  'command',
  'script',
];

function rank(kind: EntryKind): number {
  return RANKS.indexOf(kind);
}

/** Who answers an exception that was followed to its ends; the most exposed entry point when nobody does. */
export function verdictOf(fate: Fate, fn: FunctionInfo): Verdict {
  const best = [...fate.escapes].sort(
    (a, b) => rank(a.entry.kind) - rank(b.entry.kind) || a.path.length - b.path.length,
  )[0];
  if (best !== undefined)
    return {
      kind: 'escapes',
      entry: best.entry,
      path: best.path,
      otherPaths: fate.escapes.length - 1,
      callers: fate.callers,
      beyond: fate.beyond,
    };
  const contained = fate.answered.find((item) => item.contained);
  if (contained !== undefined) return { kind: 'contained', by: contained.guard, path: contained.path };
  const handled = fate.answered[0];
  if (handled !== undefined) return { kind: 'handled', by: handled.guard, path: handled.path };
  return {
    kind: 'escapes',
    entry: { kind: 'uncalled', function: fn.qualname, path: fn.path, span: fn.def?.nameSpan ?? fn.span },
    path: [],
    otherPaths: 0,
    callers: [],
    beyond: [],
  };
}

/** True where a missing row has its answer: nothing is left to fix. */
export function isSettled({ kind }: Verdict, { reraisedBy }: Fate): boolean {
  return kind === 'guaranteed' || (kind === 'handled' && reraisedBy.length === 0);
}

/** What writes the row of a reverse one-to-one together with its parent. */
export function writtenTogether(bornWith: BornWith, { form, model }: FoundLookup): Guard | null {
  const creator =
    form === 'reverse-one-to-one' && model.cls !== null ? (bornWith.creation(model.cls)?.by ?? null) : null;
  return creator === null
    ? null
    : {
        kind: 'created',
        path: creator.path,
        span: creator.def?.nameSpan ?? creator.span,
        detail: `\`${creator.qualname}\` writes the row together with its parent`,
      };
}
