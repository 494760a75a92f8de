import { defineRule } from '@danglint/core';
import { docsOf } from './policy/docs.ts';
import { draftOf, escapes } from './policy/draft.ts';
import { code, rowOf } from './policy/words.ts';

export const unhandledCachedLookup = defineRule({
  meta: {
    id: 'unhandled-cached-lookup',
    code: 'DNE002',
    summary: 'a cached lookup whose deleted row nobody handles',
    since: '0.1.0',
    severity: 'error',
    fix: 'sometimes',
    origins: [],
    precedence: 220,
    docs: docsOf('unhandled-cached-lookup'),
  },
  lookup: (judgement) => {
    const { lookup } = judgement;
    if (!escapes(judgement) || lookup.form !== 'cached') return null;
    return draftOf(judgement, {
      message: `${rowOf(lookup)} may be gone: ${code(lookup.method)} raises for a deleted row like a plain lookup and nobody handles ${code(lookup.exception)}`,
    });
  },
});
