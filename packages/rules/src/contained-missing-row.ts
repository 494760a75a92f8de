import { defineRule, type Judgement, type OriginKind } from '@danglint/core';
import { docsOf } from './policy/docs.ts';
import { draftOf } from './policy/draft.ts';
import { remedyOf } from './policy/remedy.ts';
import { isCommandFile } from './policy/severity.ts';
import { code, rowOf } from './policy/words.ts';

/** Keys that outlive their row. */
const STALE: ReadonlySet<OriginKind> = new Set([
  'task-argument',
  'message',
  'search-index',
  'cache',
  'cross-silo',
  'soft-reference',
]);

/**
 * The handler stands in another function: it ends the whole job that called the lookup, and its author did not have this
 * row in mind. A function that raises the missing row as an exception of its own choice had.
 */
function isFarFromHome({ lookup, verdict, origins }: Judgement): boolean {
  if (verdict.kind !== 'contained') return false;
  const [first] = verdict.path;
  return (
    first !== undefined &&
    first.function !== lookup.host.function &&
    !isCommandFile(verdict.by.path) &&
    origins.some(({ kind }) => STALE.has(kind))
  );
}

export const containedMissingRow = defineRule({
  meta: {
    id: 'contained-missing-row',
    code: 'DNE205',
    summary: 'a missing row that only a broad handler stops, which reports an error',
    since: '0.1.0',
    severity: 'info',
    fix: 'sometimes',
    origins: [],
    precedence: 800,
    docs: docsOf('contained-missing-row'),
  },
  lookup: (judgement) => {
    const { lookup, verdict } = judgement;
    if (verdict.kind !== 'contained') return null;
    const draft = draftOf(judgement, {
      message: `${rowOf(lookup)} may be gone: only a broad handler stops ${code(lookup.exception)} and reports it as an error`,
      help: `answer ${code(lookup.exception)} by itself, before the broad handler, and log it at info`,
      // A handler in another function is not the place to answer: the lookup's own function is.
      recipes: verdict.path.length === 0 ? ['narrow-handler'] : remedyOf(judgement).recipes,
    });
    return isFarFromHome(judgement) ? { ...draft, own: 'warning' } : draft;
  },
});
