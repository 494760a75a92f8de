import { defineRule } from '@danglint/core';
import { docsOf } from './policy/docs.ts';

/** Reported by the session where it reads comments; here for its name, code and page. */
export const unknownCode = defineRule({
  meta: {
    id: 'unknown-code',
    code: 'DNE903',
    summary: 'a comment that names a rule which does not exist',
    since: '0.1.0',
    severity: 'warning',
    fix: 'none',
    origins: [],
    precedence: 9,
    docs: docsOf('unknown-code'),
  },
  lookup: () => null,
});
