import { defineRule } from '@danglint/core';
import { docsOf } from './policy/docs.ts';

/** Reported by the session once all other rules have run; here for its name, code and page. */
export const unusedIgnore = defineRule({
  meta: {
    id: 'unused-ignore',
    code: 'DNE900',
    summary: 'a comment that keeps no finding quiet',
    since: '0.1.0',
    severity: 'warning',
    fix: 'always',
    origins: [],
    precedence: 8,
    docs: docsOf('unused-ignore'),
  },
  lookup: () => null,
});
