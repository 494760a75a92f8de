import { defineRule } from '@danglint/core';
import { docsOf } from './policy/docs.ts';

/** Reported by the session while it reads files; here for its name, code and page. */
export const ioError = defineRule({
  meta: {
    id: 'io-error',
    code: 'DNE901',
    summary: 'a file that cannot be read',
    since: '0.1.0',
    severity: 'warning',
    fix: 'none',
    origins: [],
    precedence: 10,
    docs: docsOf('io-error'),
  },
  lookup: () => null,
});
