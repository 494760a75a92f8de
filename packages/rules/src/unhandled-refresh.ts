import { defineRule } from '@danglint/core';
import { docsOf } from './policy/docs.ts';
import { draftOf, escapes } from './policy/draft.ts';
import { code, rowOf } from './policy/words.ts';

export const unhandledRefresh = defineRule({
  meta: {
    id: 'unhandled-refresh',
    code: 'DNE005',
    summary: 'a row read again after it can have gone',
    since: '0.1.0',
    severity: 'info',
    fix: 'sometimes',
    origins: [],
    precedence: 230,
    docs: docsOf('unhandled-refresh'),
  },
  lookup: (judgement) => {
    const { lookup } = judgement;
    if (!escapes(judgement) || lookup.form !== 'refresh') return null;
    return draftOf(judgement, {
      message: `${rowOf(lookup)} may be gone by now: ${code(lookup.method)} raises for a row that was deleted after it was loaded and nobody handles ${code(lookup.exception)}`,
    });
  },
});
