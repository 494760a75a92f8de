import { defineRule } from '@danglint/core';
import { docsOf } from './policy/docs.ts';

/** Reported by the session while it reads files; here for its name, code and page. */
export const invalidSyntax = defineRule({
  meta: {
    id: 'invalid-syntax',
    code: 'DNE902',
    summary: 'a stretch that is not valid Python',
    since: '0.1.0',
    severity: 'warning',
    fix: 'none',
    origins: [],
    precedence: 11,
    docs: docsOf('invalid-syntax'),
  },
  lookup: () => null,
});
