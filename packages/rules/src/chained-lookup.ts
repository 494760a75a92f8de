import { defineRule } from '@danglint/core';
import { docsOf } from './policy/docs.ts';
import { defectOf } from './policy/defect.ts';
import { draftOf, escapes } from './policy/draft.ts';
import { code, rowOf } from './policy/words.ts';

export const chainedLookup = defineRule({
  meta: {
    id: 'chained-lookup',
    code: 'DNE003',
    summary: 'a second lookup keyed by the row that a first one found',
    since: '0.1.0',
    severity: 'error',
    fix: 'sometimes',
    origins: [],
    precedence: 700,
    docs: docsOf('chained-lookup'),
  },
  lookup: (judgement) => {
    const { lookup } = judgement;
    const chained = defectOf(judgement, 'chained');
    if (!escapes(judgement) || chained === null) return null;
    return draftOf(judgement, {
      message: `${rowOf(lookup)} may be gone although ${code(chained.first)} was found: nobody handles ${code(lookup.exception)} of this second lookup`,
      remarks: [{ at: chained.at, message: 'the first lookup, which says nothing about the second row' }],
    });
  },
});
