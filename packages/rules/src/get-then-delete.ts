import { defineRule } from '@danglint/core';
import { docsOf } from './policy/docs.ts';
import { defectOf } from './policy/defect.ts';
import { draftOf, settled } from './policy/draft.ts';
import { code, rowOf } from './policy/words.ts';

export const getThenDelete = defineRule({
  meta: {
    id: 'get-then-delete',
    code: 'DNE403',
    summary: 'a row that is loaded only to be deleted or updated',
    since: '0.1.0',
    severity: 'warning',
    fix: 'sometimes',
    origins: [],
    precedence: 740,
    docs: docsOf('get-then-delete'),
  },
  lookup: (judgement) => {
    const { method, exception } = judgement.lookup;
    const then = defectOf(judgement, 'then-delete');
    if (settled(judgement) || then === null || judgement.verdict.kind === 'handled') return null;
    return draftOf(judgement, {
      message: `${rowOf(judgement.lookup)} is loaded only for ${code(then.method)}: ${code(method)} raises ${code(exception)} when it is gone already`,
      help: `use ${code(`.filter(...).${then.method}()`)}, which does nothing for a row that is gone`,
      recipes: ['filter-delete'],
    });
  },
});
