import { defineRule } from '@danglint/core';
import { defectOf } from './policy/defect.ts';
import { docsOf } from './policy/docs.ts';
import { draftOf, escapes } from './policy/draft.ts';
import { asks } from './policy/forms.ts';
import { isAskedByOwnValue, isOfItself } from './policy/read-before.ts';
import {
  isBesideRow,
  isEndOfRows,
  isFormStart,
  isOwnByConstant,
  isShownItem,
  isUntold,
  isUnusedGetter,
} from './policy/severity.ts';
import { code, rowOf } from './policy/words.ts';

export const unhandledLookup = defineRule({
  meta: {
    id: 'unhandled-lookup',
    code: 'DNE001',
    summary: 'a lookup whose missing row nobody handles',
    since: '0.1.0',
    severity: 'warning',
    fix: 'sometimes',
    origins: [],
    precedence: 100,
    docs: docsOf('unhandled-lookup'),
  },
  lookup: (judgement) => {
    const { lookup } = judgement;
    if (!escapes(judgement) || !asks(lookup)) return null;
    const unsaved = defectOf(judgement, 'unsaved');
    const draft = draftOf(judgement, {
      message: `${rowOf(lookup)} may be ${unsaved === null ? 'gone' : 'new'} and nobody handles ${code(lookup.exception)}`,
      remarks:
        unsaved === null ? [] : [{ at: unsaved.at, message: 'a new row comes here before it is written' }],
    });
    const doubtful = [
      isUntold,
      isBesideRow,
      isEndOfRows,
      isFormStart,
      isOwnByConstant,
      isShownItem,
      isUnusedGetter,
      isOfItself,
      isAskedByOwnValue,
    ].some((is) => is(judgement));
    return doubtful ? { ...draft, severity: 'info' } : draft;
  },
});
