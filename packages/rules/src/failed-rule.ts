import { defineRule } from '@danglint/core';
import { docsOf } from './policy/docs.ts';

/** Reported by the session when a rule throws; here for its name, code and page. */
export const failedRule = defineRule({
  meta: {
    id: 'failed-rule',
    code: 'DNE904',
    summary: 'a rule that died instead of answering',
    since: '0.1.0',
    severity: 'error',
    fix: 'none',
    origins: [],
    precedence: 7,
    docs: docsOf('failed-rule'),
  },
  lookup: () => null,
});
