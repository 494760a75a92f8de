import { defineRule } from '@danglint/core';
import { docsOf } from './policy/docs.ts';
import { defectOf } from './policy/defect.ts';
import { draftOf, escapes } from './policy/draft.ts';
import { code, rowOf } from './policy/words.ts';

export const reraisedMissingRow = defineRule({
  meta: {
    id: 'reraised-missing-row',
    code: 'DNE201',
    summary: 'a handler that raises the missing row again, with nobody above',
    since: '0.1.0',
    severity: 'error',
    fix: 'sometimes',
    origins: [],
    precedence: 850,
    docs: docsOf('reraised-missing-row'),
  },
  lookup: (judgement) => {
    const { exception } = judgement.lookup;
    const reraised = defectOf(judgement, 'reraised');
    if (!escapes(judgement) || reraised === null) return null;
    return draftOf(judgement, {
      message: `${rowOf(judgement.lookup)} may be gone: ${code(exception)} is caught${reraised.logged ? ', logged' : ''} and raised again, and nobody above handles it`,
      help: `let the handler answer ${code(exception)}: return, or return ${code('None')} to callers that expect it`,
      recipes: ['drop-reraise'],
      remarks: [
        { at: reraised.handler, message: 'this handler answers nothing' },
        { at: reraised.at, message: 'raised again here' },
      ],
    });
  },
});
