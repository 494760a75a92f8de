import { defineRule } from '@danglint/core';
import { docsOf } from './policy/docs.ts';
import { defectOf } from './policy/defect.ts';
import { draftOf, escapes } from './policy/draft.ts';
import { asks } from './policy/forms.ts';
import { code, rowOf } from './policy/words.ts';

export const lookupInLoop = defineRule({
  meta: {
    id: 'lookup-in-loop',
    code: 'DNE301',
    summary: 'a lookup for every item of a loop: one missing row ends the batch',
    since: '0.1.0',
    severity: 'error',
    fix: 'sometimes',
    origins: [],
    precedence: 730,
    docs: docsOf('lookup-in-loop'),
  },
  lookup: (judgement) => {
    const { lookup } = judgement;
    const loop = defectOf(judgement, 'in-loop');
    if (!escapes(judgement) || !asks(lookup) || loop === null || !loop.item) return null;
    return draftOf(judgement, {
      message: `${rowOf(lookup)} may be gone: it is looked up for every item and one ${code(lookup.exception)} ends the whole batch`,
      remarks: [{ at: loop.at, message: `${loop.what}: one query an item` }],
    });
  },
});
